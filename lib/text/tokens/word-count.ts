/** How often words come in texts. */
import { eachStretch, wordsIn } from "./words";

/** Stretches that are kept before they are cut into words: each repeats, so that few are cut twice. */
const mostStretches = 2 ** 17;

export class WordCount {
  private readonly found = new Map<string, number>();
  private readonly stretches = new Map<string, number>();

  add(text: string): void {
    eachStretch(text, (stretch) => this.stretches.set(stretch, (this.stretches.get(stretch) ?? 0) + 1));
    if (this.stretches.size > mostStretches) this.cut();
  }

  /** The words, the most frequent first, and those first in the order of code units where they are equally frequent. */
  get words(): string[] {
    return [...this.counts]
      .sort(([one, count], [other, otherCount]) => otherCount - count || (one < other ? -1 : 1))
      .map(([word]) => word);
  }

  /** Each word and how often it comes. */
  get counts(): ReadonlyMap<string, number> {
    this.cut();
    return this.found;
  }

  private cut(): void {
    for (const [stretch, count] of this.stretches) {
      for (const word of wordsIn(stretch)) this.found.set(word, (this.found.get(word) ?? 0) + count);
    }
    this.stretches.clear();
  }
}
