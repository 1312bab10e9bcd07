/**
 * How much of a sample is new, by the length of the pieces that are looked up: its n-grams for every n, which are too
 * short for `trace.ts` to follow. A novelty curve says something beside another one, as that of text by people or of chance.
 */
import { checkWhole } from "../base/option-error";
import type { Part, Text } from "../text/text";
import { comparison, type ComparisonOptions } from "./comparison/comparison";
import { NONE, ROOT, SuffixAutomaton } from "./repetitive/automaton";

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

/**
 * For each place of the sample how many of the code points that end there stand together in some text (matching
 * statistics; Gusfield 1997, 7.8): [code points].
 */
function longestMatches(
  sample: string,
  texts: readonly (Text | Part)[],
  compare: ReturnType<typeof comparison>,
): Int32Array {
  const points = Int32Array.from(
    Array.from(compare(sample).content, (character) => character.codePointAt(0) as number),
  );
  const automaton = new SuffixAutomaton(points);
  const { longest, link, prefixes } = automaton;
  const met = new Int32Array(automaton.states);
  for (const text of texts) meet(compare(text).content, automaton, met);
  const states = automaton.byLength();
  // What ends with a piece that was met was met too; and a place without a piece of its own has that of its ending.
  for (const state of states.slice(1).reverse()) if (met[state] > 0) met[link[state]] = longest[link[state]];
  for (const state of states.subarray(1)) if (met[state] === 0) met[state] = met[link[state]];
  return prefixes.slice(1).map((state) => met[state]);
}

/**
 * Reads a text, at each place the longest piece of the sample that ends there.
 *
 * @param met for each state the length of its longest piece that was met in a text, 0 where none was: [states]
 */
function meet(text: string, automaton: SuffixAutomaton, met: Int32Array): void {
  const { longest, link } = automaton;
  let state = ROOT;
  let length = 0; // of the piece, in code points
  for (let at = 0; at < text.length; at++) {
    const symbol = text.codePointAt(at) as number;
    if (symbol > 0xffff) at++;
    let next = automaton.step(state, symbol);
    while (next === NONE && state !== ROOT) {
      state = link[state];
      length = longest[state];
      next = automaton.step(state, symbol);
    }
    if (next === NONE) continue;
    state = next;
    length++;
    if (length > met[state]) met[state] = length;
  }
}
