/** The longest piece of a sample that ends at each of its places and stands in some text. */
import type { Part, Text } from "../../text/text";
import { comparison } from "../comparison/comparison";
import { NONE, ROOT, SuffixAutomaton } from "./automaton";

/**
 * For each place of the sample how many of the code points that end there stand together in some text (matching
 * statistics; Gusfield 1997, 7.8): [code points].
 */
export function longestMatches(
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
