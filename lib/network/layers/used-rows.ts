/** The rows of a large embedding that a batch reads: the others need not be multiplied. */
import { type Tensor2D, tf } from "../tensorflow";

/** Which rows of an embedding some tokens read. */
export interface UsedRows {
  /** Their numbers, rising. */
  readonly rows: Int32Array;
  /** The tokens by their places among these, int32: [time, batch]. */
  readonly places: Tensor2D;
}

/** Tokens from which on it may be worth it to leave out the rows that are not read. */
const many = 1000;

/**
 * The rows that a batch reads, where they are less than half of a large embedding: the others need not be multiplied.
 *
 * @param ids int32: [time, batch]
 */
export function usedRows(ids: Tensor2D, vocabulary: number): UsedRows | undefined {
  if (vocabulary < many) return undefined;
  const read = ids.dataSync<"int32">();
  const places = new Int32Array(vocabulary).fill(-1);
  for (const id of read) places[id] = 0;
  const rows = Int32Array.from(places.keys()).filter((id) => places[id] === 0);
  if (2 * rows.length > vocabulary) return undefined;
  rows.forEach((id, place) => (places[id] = place));
  const renumbered = read.map((id) => places[id]);
  return { rows, places: tf.tensor2d(renumbered, ids.shape, "int32") };
}

/** Rows at their places in a matrix of `count` rows, whose others are zero. */
export function spread(some: Tensor2D, { rows }: UsedRows, count: number): Tensor2D {
  const [, width] = some.shape;
  const all = new Float32Array(count * width);
  const values = some.dataSync();
  rows.forEach((row, place) => all.set(values.subarray(place * width, (place + 1) * width), row * width));
  return tf.tensor2d(all, [count, width]);
}
