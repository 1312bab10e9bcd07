/** Parts of texts as numbers, ready to be cut into batches. */
import type { Batch } from "./batch";
import type { Part } from "./text";
import type { Vocabulary } from "./vocabulary";

export interface BatchOptions {
  /** Characters that the network reads in one training step: the length of back-propagation through time. */
  readonly steps: number;
  /** Rows that are read side by side. */
  readonly batchSize: number;
  readonly seed: number;
}

export interface EncodedPart {
  readonly part: Part;
  /** One number for each code point. Sixteen bits hold any vocabulary of letters at half the memory. */
  readonly ids: Uint16Array | Int32Array;
}

export interface EncodedParts {
  /** Those with at least `steps` + 1 characters: as many inputs, and the target of the last. */
  readonly encoded: readonly EncodedPart[];
  /** The others. */
  readonly leftOut: readonly Part[];
}

/** Throws where no part is long enough. */
export function encodeParts(
  parts: readonly Part[],
  vocabulary: Vocabulary,
  options: BatchOptions,
): EncodedParts {
  const { steps, batchSize } = options;
  for (const [name, value] of Object.entries({ steps, batchSize })) {
    if (!Number.isInteger(value) || value < 1)
      throw new Error(`Expected \`${name}\` to be a whole number > 0, got ${value}`);
  }
  const all = parts.map((part) => {
    const ids = vocabulary.encode(part.content);
    return { part, ids: vocabulary.size <= 0x10000 ? Uint16Array.from(ids) : ids };
  });
  const encoded = all.filter(({ ids }) => ids.length > steps);
  if (encoded.length === 0) {
    const lengths =
      all.map(({ part, ids }) => `"${part.title}" has ${ids.length}`).join(", ") || "there is none";
    throw new Error(
      `Expected a text of at least ${steps + 1} characters (\`steps\` + 1): ${lengths}. Lower \`steps\` or add longer texts.`,
    );
  }
  return { encoded, leftOut: all.filter(({ ids }) => ids.length <= steps).map(({ part }) => part) };
}

/** A batch of zeros. */
export function emptyBatch({ steps, batchSize }: BatchOptions): Batch {
  const size = steps * batchSize;
  return { inputs: new Int32Array(size), targets: new Int32Array(size), time: steps, batch: batchSize };
}

/** Copies a row of a batch: into `inputs` the numbers from `start` on, into `targets` what follows each of them. */
export function fillRow(ids: Uint16Array | Int32Array, start: number, row: number, to: Batch): void {
  const { inputs, targets, time, batch } = to;
  let next = ids[start];
  for (let t = 0, at = row; t < time; t++, at += batch) {
    inputs[at] = next;
    next = ids[start + t + 1];
    targets[at] = next;
  }
}
