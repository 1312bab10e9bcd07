/** The passages of a trace as rows of a table. */
import type { Trace } from "../trace/trace";
import { counterfactualOf } from "./overlay/memorised";
import { numbered } from "./overlay/numbered";
import { bookOf } from "./overlay/sources/citation";

export interface PassageRow {
  readonly passage: string;
  /** The text that the counterfactual is of, or the first in which the passage stands; so many more at its end. */
  readonly book: string;
  readonly characters: number;
  /** In nats a character, as the three below; absent where no counterfactual is known. */
  readonly nats?: number;
  readonly without?: number;
  readonly difference?: number;
}

/**
 * The passages with what they are without their books, what was memorised most first; where nothing was compared, the
 * longest first.
 *
 * @example showTable(passageRows(await counterfactual(trace(sample, library.training), networks)).slice(0, 10))
 */
export function passageRows(given: Trace): PassageRow[] {
  const { sample, texts, passages } = numbered(given);
  const rows = passages.map((passage): PassageRow => {
    const { start, end, length, sources } = passage;
    const compared = counterfactualOf(passage);
    const others = sources.length > 1 ? ` and ${sources.length - 1} more` : "";
    return {
      passage: sample.slice(start, end).replace(/\s+/g, " ").trim(),
      book: `${bookOf(texts[compared?.text ?? sources[0].text])}${others}`,
      characters: length,
      ...(compared && {
        nats: rounded(compared.crossEntropy),
        without: rounded(compared.crossEntropyWithout),
        difference: rounded(compared.difference),
      }),
    };
  });
  const key = ({ difference = -Infinity, characters }: PassageRow) => [difference, characters];
  return rows.sort((one, other) => {
    const [mine, its] = [key(one), key(other)];
    return its[0] === mine[0] ? its[1] - mine[1] : its[0] - mine[0];
  });
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
