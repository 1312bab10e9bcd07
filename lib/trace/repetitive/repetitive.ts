/**
 * Tracing in time linear in sample and texts whatever they hold, as where both are one letter over and over. The way by
 * `matches.ts`, faster where texts are as people write them, would look at each place of the sample for each of the texts.
 */
import { SuffixAutomaton } from "./automaton";
import { Occurrences, type Piece } from "./occurrences";
import type { Stretch } from "../passages";
import { stream } from "./stream";

export interface RepetitiveOptions {
  readonly minLength: number;
  readonly maxOccurrences: number;
}

/**
 * The passages of a sample, with about 250 bytes a character of it while it works.
 *
 * @param texts are read twice, one after the other
 */
export function traceRepetitive(
  sample: string,
  texts: Iterable<string>,
  { minLength, maxOccurrences }: RepetitiveOptions,
): Stretch[] {
  const points = Int32Array.from(Array.from(sample, (character) => character.codePointAt(0) as number));
  const automaton = new SuffixAutomaton(points);
  const copied = new Int32Array(automaton.states);
  for (const text of texts) {
    stream(text, automaton, minLength, (state, length) => {
      if (length > copied[state]) copied[state] = length;
    });
  }
  const pieces = maximalPieces(automaton, copied, offsetsOf(points)).filter(
    ({ units }) => units >= minLength,
  );
  const occurrences = new Occurrences(automaton, pieces, { minLength, maxOccurrences });
  let index = 0;
  for (const text of texts) occurrences.read(index++, text);
  return pieces.map(({ start, end, state }) => ({ start, end, ...occurrences.of(state) }));
}

interface PlacedPiece extends Piece {
  readonly start: number;
  readonly end: number;
}

/**
 * The stretches of the sample that are copied and lie in no longer one that is.
 *
 * @param copied for each state the length in code points of the longest of its pieces that was met in the texts, 0
 *   where none was: [states]; here the pieces that those end with are added
 * @param offsets where each code point of the sample begins in UTF-16 units: [length + 1]
 */
function maximalPieces(automaton: SuffixAutomaton, copied: Int32Array, offsets: Int32Array): PlacedPiece[] {
  const { longest, link, prefixes } = automaton;
  const states = automaton.byLength().subarray(1);
  for (const state of states.slice().reverse()) {
    if (copied[state] > 0) copied[link[state]] = longest[link[state]];
  }
  // The state whose copied piece is the longest that the state's pieces end with.
  const holder = new Int32Array(automaton.states);
  for (const state of states) holder[state] = copied[state] > 0 ? state : holder[link[state]];

  const pieces: PlacedPiece[] = [];
  for (let end = 1; end < prefixes.length; end++) {
    const state = holder[prefixes[end]];
    const points = copied[state];
    const goesOn = end + 1 < prefixes.length && copied[holder[prefixes[end + 1]]] === points + 1;
    if (goesOn) continue;
    const [first, last] = [offsets[end - points], offsets[end]];
    pieces.push({ state, points, units: last - first, start: first, end: last });
  }
  return pieces;
}

/** Where each code point begins, and the last one ends, in UTF-16 units: [length + 1]. */
function offsetsOf(points: Int32Array): Int32Array {
  const offsets = new Int32Array(points.length + 1);
  points.forEach((point, index) => (offsets[index + 1] = offsets[index] + (point > 0xffff ? 2 : 1)));
  return offsets;
}
