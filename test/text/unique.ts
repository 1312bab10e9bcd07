/** Texts in which no character stands twice, so that a number tells its place. */
import assert from "node:assert/strict";
import fc from "fast-check";
import type { Part } from "../../lib/text/text";
import { Vocabulary } from "../../lib/text/tokens/vocabulary";

export interface UniqueParts {
  readonly parts: Part[];
  readonly vocabulary: Vocabulary;
  /** The number of the first character of each part; the others follow by ones. */
  readonly firsts: number[];
}

export function uniqueParts(lengths: readonly number[], weights: readonly number[] = []): UniqueParts {
  let used = 0;
  const firsts: number[] = [];
  const parts = lengths.map((length, index) => {
    firsts.push(used + 1);
    const characters = Array.from({ length }, () => String.fromCodePoint(0x4e00 + used++));
    return {
      title: `Text ${index}`,
      author: "",
      source: "string",
      content: characters.join(""),
      weight: weights[index] ?? 1,
      start: 0,
      firstLine: 1,
    };
  });
  return { parts, vocabulary: Vocabulary.of(parts.map(({ content }) => content)), firsts };
}

/** Lengths of texts of which one at least has more than `steps` characters. */
export const lengthsAndSteps = fc
  .tuple(
    fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 6 }),
    fc.integer({ min: 1, max: 12 }),
  )
  .filter(([lengths, steps]) => lengths.some((length) => length > steps));

/** The numbers of a row of a batch. */
export function rowOf(ids: Int32Array, row: number, batch: number): number[] {
  return [...ids].filter((_, index) => index % batch === row);
}

/** Fails unless each row is a contiguous piece of one text, and its targets are its inputs shifted by one. */
export function assertPieces(
  { inputs, targets }: { readonly inputs: Int32Array; readonly targets: Int32Array },
  {
    lengths,
    firsts,
    ...size
  }: {
    readonly lengths: readonly number[];
    readonly firsts: readonly number[];
    readonly steps: number;
    readonly batchSize: number;
  },
): void {
  for (let row = 0; row < size.batchSize; row++) {
    const [read, expected] = [inputs, targets].map((ids) => rowOf(ids, row, size.batchSize));
    const counted = (from: number) => Array.from({ length: size.steps }, (_, step) => from + step);
    assert.deepEqual(read, counted(read[0]));
    assert.deepEqual(expected, counted(read[0] + 1));
    const text = firsts.filter((first) => first <= read[0]).length - 1;
    const last = expected[size.steps - 1];
    assert.ok(last < firsts[text] + lengths[text], "a row crosses from one text into another");
  }
}
