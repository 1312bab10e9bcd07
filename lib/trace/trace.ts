/**
 * Which passages of a sample stand word for word in the texts, and where. How much of it that is, `measure.ts` says;
 * how it looks, `lib/show/overlay.ts`.
 */
import type { Part, Text } from "../text/text";
import { SuffixAutomaton } from "./automaton";
import { Occurrences, type Occurrence, type Piece, type TextCount } from "./occurrences";
import { Sieve } from "./sieve";
import { stream } from "./stream";

/** A stretch of the sample, from `start` up to, but not including, `end`, in UTF-16 units, that stands in the texts. */
export interface Passage {
  readonly start: number;
  readonly end: number;
  /** How often it stands in the texts, all of them together; at least 1. */
  readonly count: number;
  /** The texts in which it stands, in their order, and how often in each. */
  readonly sources: readonly TextCount[];
  /** Where it stands, in the order of the texts; in each text the first `maxOccurrences` places. */
  readonly occurrences: readonly Occurrence[];
}

export interface Trace {
  readonly sample: string;
  readonly minLength: number;
  readonly texts: readonly (Text | Part)[];
  /** By where they start, and so also by where they end. */
  readonly passages: readonly Passage[];
}

export interface TraceOptions {
  /** How many UTF-16 units a passage has at least; 20. Shorter ones are mostly phrases that nobody has copied. */
  readonly minLength?: number;
  /** How many places of a passage are kept for each text, 100; all are counted. */
  readonly maxOccurrences?: number;
}

/**
 * Finds the passages that a sample shares with the texts: the stretches of at least `minLength` that stand
 * in some text and are not inside a longer stretch that does. They may overlap, and one may stand in many places, but
 * none can be made longer at either end and still be found anywhere. Compared are Unicode code points, so that neither a
 * passage nor a place where it stands begins or ends within a surrogate pair.
 *
 * The time grows linearly with sample and texts; nothing is kept of the texts, and about 250 bytes a character of the
 * sample while it works.
 *
 * @param texts whole texts or parts of them; the offsets and lines of a part's places count in the whole text
 * @throws where an option is not a whole number of at least 1
 * @example trace("he sat on the mat.", [cat], { minLength: 5 }) // "the cat sat on the mat" holds " sat on the mat"
 */
export function trace(
  sample: string,
  texts: readonly (Text | Part)[],
  { minLength = 20, maxOccurrences = 100 }: TraceOptions = {},
): Trace {
  checkCount("minLength", minLength);
  if (maxOccurrences !== Infinity) checkCount("maxOccurrences", maxOccurrences);
  const points = Int32Array.from(Array.from(sample, (character) => character.codePointAt(0) as number));
  const automaton = new SuffixAutomaton(points);
  const sieve = new Sieve(sample, minLength);

  const copied = new Int32Array(automaton.states);
  const begins = texts.map(({ content }) =>
    stream(content, automaton, sieve, (state, length) => {
      if (length > copied[state]) copied[state] = length;
    }),
  );

  const stretches = maximalStretches(automaton, copied, offsetsOf(points)).filter(
    (one) => one.units >= minLength,
  );
  const occurrences = new Occurrences(automaton, stretches, { minLength, maxOccurrences });
  texts.forEach((text, index) => occurrences.read(index, text, begins[index]));
  const passages = stretches.map(({ start, end, state }) => ({ start, end, ...occurrences.of(state) }));
  return { sample, minLength, texts, passages };
}

interface Stretch extends Piece {
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
function maximalStretches(automaton: SuffixAutomaton, copied: Int32Array, offsets: Int32Array): Stretch[] {
  const { longest, link, prefixes } = automaton;
  const states = automaton.byLength().subarray(1);
  for (const state of states.slice().reverse()) {
    if (copied[state] > 0) copied[link[state]] = longest[link[state]];
  }
  // The state whose copied piece is the longest that the state's pieces end with.
  const holder = new Int32Array(automaton.states);
  for (const state of states) holder[state] = copied[state] > 0 ? state : holder[link[state]];

  const stretches: Stretch[] = [];
  for (let end = 1; end < prefixes.length; end++) {
    const state = holder[prefixes[end]];
    const points = copied[state];
    const goesOn = end + 1 < prefixes.length && copied[holder[prefixes[end + 1]]] === points + 1;
    if (goesOn) continue;
    const [first, last] = [offsets[end - points], offsets[end]];
    stretches.push({ state, points, units: last - first, start: first, end: last });
  }
  return stretches;
}

/** Where each code point begins, and the last one ends, in UTF-16 units: [length + 1]. */
function offsetsOf(points: Int32Array): Int32Array {
  const offsets = new Int32Array(points.length + 1);
  points.forEach((point, index) => (offsets[index + 1] = offsets[index] + (point > 0xffff ? 2 : 1)));
  return offsets;
}

function checkCount(name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1)
    throw new Error(`Expected \`${name}\` as a whole number of at least 1, got ${value}`);
}
