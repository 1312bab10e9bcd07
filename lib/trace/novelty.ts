/**
 * How much of a sample is new, by the length of the pieces that are looked up: its n-grams for every n, which are too
 * short for `trace.ts` to follow. A novelty curve says something beside another one, as that of text by people or of chance.
 */
import { checkWhole } from "../base/option-error";
import type { Part, Text } from "../text/text";
import { comparison, type ComparisonOptions } from "./comparison/comparison";
import { longestMatches } from "./repetitive/longest-matches";

/** A point of a novelty curve. */
export interface Novelty {
  /** The length of the n-grams in code points. */
  readonly n: number;
  /** How many n-grams the sample has: as many as places where one ends. */
  readonly count: number;
  /** The share of them that stand in none of the texts, from 0 to 1; 0 where there is none. */
  readonly novel: number;
}

export interface NoveltyOptions extends ComparisonOptions {
  /** The longest n (default: 50). */
  readonly longest?: number;
}

/**
 * The share of a sample's n-grams that stand nowhere in the texts, for each n from 1 up to `longest`. An n-gram that the sample
 * has several times counts each time, and what it repeats of itself is new as long as no text has it (Merrill et al. 2024,
 * "Evaluating n-gram novelty of language models using Rusty-DAWG"; McCoy et al. 2023, RAVEN, call the repetition copied).
 *
 * The time grows linearly with sample and texts; all of the texts is read, unlike by `trace`.
 *
 * @param options with those of comparison, the n-grams are those of the sample as it is compared
 * @throws where `longest` is not a whole number of at least 1
 * @example novelty("abc", [abd], { longest: 3 }).map(({ novel }) => novel) // "abd": [1/3, 1/2, 1]
 */
export function novelty(
  sample: string,
  texts: readonly (Text | Part)[],
  { longest = 50, ...options }: NoveltyOptions = {},
): Novelty[] {
  checkWhole({ longest }, 1);
  const matches = longestMatches(sample, texts, comparison(options));
  // The n-grams that end in a place are new if they are longer than the longest match there: [shortest new one] → places.
  const places = new Int32Array(longest + 1);
  for (const match of matches) if (match < longest) places[match + 1]++;
  let fresh = 0;
  return Array.from({ length: longest }, (_, index) => {
    const n = index + 1;
    fresh += places[n];
    const count = Math.max(0, matches.length - index);
    // In the first n - 1 places no n-gram ends, though the matches there, too, are shorter than n.
    const tooEarly = Math.min(index, matches.length);
    return { n, count, novel: count > 0 ? (fresh - tooEarly) / count : 0 };
  });
}
