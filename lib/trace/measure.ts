/** How much of a sample is copied, in all and from each text. What is copied, `trace.ts` finds. */
import type { Passage, Trace } from "./trace";

/** Counted are passages of at least `minLength`; lengths are in UTF-16 units. */
export interface Measures {
  readonly minLength: number;
  /** The length of the sample. */
  readonly characters: number;
  /** The share of the sample that lies in a passage, from 0 to 1; 0 for an empty sample. */
  readonly copied: number;
  /** The length of the longest passage, 0 where there is none. */
  readonly longest: number;
  readonly passages: number;
  /** The texts that passages stand in, in their order. */
  readonly sources: readonly SourceMeasures[];
}

/**
 * What of the sample stands in one text. A passage that stands in several texts counts for each of them, so that their
 * shares can add up to more than is copied; a piece of a longer passage counts for nobody else.
 */
export interface SourceMeasures {
  /** The text's number in the trace's `texts`. */
  readonly text: number;
  readonly copied: number;
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
  { sample, passages, minLength: traced }: Trace,
  { minLength = traced }: { readonly minLength?: number } = {},
): Measures {
  if (!(minLength >= traced)) {
    throw new Error(
      `Expected \`minLength\` >= ${traced}, with which was traced, got ${minLength}; trace with the smaller one`,
    );
  }
  const counted = passages.filter(({ start, end }) => end - start >= minLength);
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
    ...extent(counted, sample.length),
    sources: sources.map(([text, passages]) => ({ text, ...extent(passages, sample.length) })),
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

/** @param passages by their start */
function extent(passages: readonly Passage[], characters: number) {
  let covered = 0;
  let longest = 0;
  let reached = 0;
  for (const { start, end } of passages) {
    covered += end - Math.max(start, reached);
    longest = Math.max(longest, end - start);
    reached = end;
  }
  return { copied: characters > 0 ? covered / characters : 0, longest, passages: passages.length };
}
