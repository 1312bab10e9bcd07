/** What the visitor has chosen, and what has come of it. */
import type { Text } from "../../lib/text/text";
import type { Bet, Run } from "./run";
import { sourceOf, type Source } from "./view/books";
import { firstSettings, type Settings } from "./settings";

/** The warmest colour is the visitor's. */
export const ownHue = 1;

export class Story {
  /** The number of the visitor's paragraph among the texts. */
  readonly own = 0;
  texts: readonly Text[] = [];
  /** The texts as they are shown. */
  sources: readonly Source[] = [];
  readonly runs: Run[] = [];

  constructor(readonly shelf: readonly Text[]) {}

  /** What is read: the paragraph, and the books that were chosen. */
  choose(paragraph: string, books: readonly Text[]): void {
    const title = "Your paragraph";
    const own = { title, author: "you", source: "visitor", content: `${paragraph}\n`, weight: 1 };
    this.texts = [own, ...books];
    this.sources = [sourceOf(own, ownHue), ...books.map((book) => this.sourceOf(book))];
  }

  /** A book of the shelf as it is shown. */
  sourceOf(book: Text): Source {
    const place = this.shelf.indexOf(book);
    return sourceOf(book, place < ownHue ? place : place + 1);
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
   * The next run, of which nothing is known yet. Those before it are kept.
   *
   * @param bet on this run, which reads what is chosen; absent where nothing is bet, and the newest run's texts are read again
   */
  begin(settings: Settings = firstSettings, bet?: Bet): Run {
    const { texts, sources } = bet === undefined && this.run ? this.run : this;
    const run = { number: this.runs.length, settings, bet, texts, sources, looks: [] };
    this.runs.push(run);
    return run;
  }
}
