/** How much of a sample is copied, in all and from each text. What is copied, `trace.ts` finds. */
import { OptionError } from "../base/option-error";
import { lettersBefore } from "./counted-length";
import type { Passage, Trace } from "./trace";

/** Counted are passages of at least `minLength`; a passage's length is what it counts, as `TraceOptions` says. */
export interface Measures {
  readonly minLength: number;
  /** The length of the sample, in UTF-16 units. */
  readonly characters: number;
  /**
   * The share of the sample that lies in a passage, from 0 to 1: of its letters, digits and pictures, so that white space and
   * other signs do not count; 0 for a sample that has none.
   */
  readonly copied: number;
  /** The same share of what the library of the texts holds out, its zero; absent where the trace has none. */
  readonly zero?: number;
  /** The length of the longest passage, 0 where there is none. */
  readonly longest: number;
  readonly passages: number;
  /** The texts that passages stand in, in their order. */
  readonly sources: readonly SourceMeasures[];
}

/**
 * The part of the sample found in one text. A passage that stands in several texts counts for each of them, so that their
 * shares can add up to more than is copied; a piece of a longer passage counts for nobody else.
 */
export interface SourceMeasures {
  /** The text's number in the trace's `texts`. */
  readonly text: number;
  readonly copied: number;
  /** The same share of what the library holds out that stands in this text, its zero; absent where that is not known. */
  readonly zero?: number;
  readonly longest: number;
  readonly passages: number;
}

/**
 * Measures a trace by its passages of at least `minLength`, the trace's own by default.
 *
 * @throws where that is shorter than the trace's, which has not looked for such passages
 * @example measure(trace(sample, library.texts)).copied // 0.314
 */
export function measure(
  { sample, texts, passages, minLength: traced, zero }: Trace,
  { minLength = traced }: { readonly minLength?: number } = {},
): Measures {
  if (!(minLength >= traced)) {
    throw new OptionError(
      "minLength",
      `>= ${traced}, with which was traced`,
      minLength,
      "; trace with the smaller one",
    );
  }
  const counted = passages.filter(({ length }) => length >= minLength);
  const letters = lettersBefore(sample);
  const bySource = new Map<number, Passage[]>();
  for (const passage of counted) {
    for (const { text } of passage.sources) {
      if (!bySource.has(text)) bySource.set(text, []);
      bySource.get(text)?.push(passage);
    }
  }
  const sources = [...bySource].sort(([one], [other]) => one - other);
  return {
    minLength,
    characters: sample.length,
    ...extent(counted, letters),
    ...(zero ? { zero: zero.at(minLength) } : {}),
    sources: sources.map(([text, passages]) => {
      const ofText = zero?.ofText(texts[text]?.index ?? text, minLength);
      return { text, ...extent(passages, letters), ...(ofText === undefined ? {} : { zero: ofText }) };
    }),
  };
}

/**
 * Measures a trace at several lengths, from phrases that chance repeats to whole sentences by default; lengths
 * shorter than the trace's are left out.
 */
export function measureByLength(trace: Trace, lengths: readonly number[] = [10, 20, 50, 100]): Measures[] {
  return lengths
    .filter((length) => length >= trace.minLength)
    .map((minLength) => measure(trace, { minLength }));
}

/**
 * @param passages by their start
 * @param letters how many letters, digits and pictures are before each place of the sample: [length + 1]
 */
function extent(passages: readonly Passage[], letters: Uint32Array) {
  let covered = 0;
  let longest = 0;
  let reached = 0;
  for (const { start, end, length } of passages) {
    if (end > reached) covered += letters[end] - letters[Math.max(start, reached)];
    longest = Math.max(longest, length);
    reached = Math.max(reached, end);
  }
  const all = letters[letters.length - 1];
  return { copied: all > 0 ? covered / all : 0, longest, passages: passages.length };
}
