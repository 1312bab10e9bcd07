/** What the visitor has chosen, and what has come of it. */
import type { Text } from "../../lib/text/text";
import type { Bet, Run } from "./run";
import { sourceOf, type Source } from "./view/books";
import { firstSettings, type Settings } from "./settings";

/** The warmest colour is the visitor's. */
export const ownHue = 1;

/** What is read: the visitor's paragraph, and books. */
export interface Choice {
  readonly texts: readonly Text[];
  /** The texts as they are shown. */
  readonly sources: readonly Source[];
}

export class Story {
  /** The number of the visitor's paragraph among the texts. */
  readonly own = 0;
  readonly runs: Run[] = [];
  /** What the next run reads; in its place a sentence where something is missing. */
  chosen: Choice | string = "Write a paragraph first.";

  constructor(readonly shelf: readonly Text[]) {}

  choose(paragraph: string, books: readonly Text[]): void {
    const title = "Your paragraph";
    const own = { title, author: "you", source: "visitor", content: `${paragraph}\n`, weight: 1 };
    const sources = [sourceOf(own, ownHue), ...books.map((book) => this.sourceOf(book))];
    this.chosen = { texts: [own, ...books], sources };
  }

  /** A book of the shelf as it is shown. */
  sourceOf(book: Text): Source {
    const place = this.shelf.indexOf(book);
    return sourceOf(book, place < ownHue ? place : place + 1);
  }

  /** What stands in the way of a run; "" where nothing does. */
  get missing(): string {
    return typeof this.chosen === "string" ? this.chosen : "";
  }

  /** Whether the next run reads something else than the newest one. */
  get hasChangedTexts(): boolean {
    const { run, chosen } = this;
    return run !== undefined && typeof chosen !== "string" && !haveSameTexts([run, chosen]);
  }

  /** The newest run; absent before the first. */
  get run(): Run | undefined {
    return this.runs.at(-1);
  }

  /** The runs of which something is known. */
  get lookedAt(): readonly Run[] {
    return this.runs.filter(({ looks }) => looks.length > 0);
  }

  /**
   * The next run, which reads what is chosen, and of which nothing is known yet. Those before it are kept; one that
   * still reads is stopped.
   *
   * @param bet on this run; absent where nothing is bet
   * @throws where something is missing in what was chosen
   */
  begin(settings: Settings = firstSettings, bet?: Bet): Run {
    if (typeof this.chosen === "string") throw new Error(this.chosen);
    if (this.run?.state === "reading") this.run.state = "stopped";
    const run: Run = { number: this.runs.length, settings, bet, ...this.chosen, looks: [], state: "reading" };
    this.runs.push(run);
    return run;
  }
}

/** Whether all have read the same, letter for letter. */
export function haveSameTexts(choices: readonly Pick<Choice, "texts">[]): boolean {
  return new Set(choices.map(({ texts }) => JSON.stringify(texts.map(({ content }) => content)))).size < 2;
}
