/**
 * Learned rows for the tokens, which the layers read in place of the tokens. A layer that reads an embedding computes
 * what one computes that reads tokens, if the rows of its kernel are the embedding's times the kernel: so the operations
 * that know tokens only, the fastest, serve for both.
 */
import type { LayerWeights } from "../lstm/layer";
import { tf, type Tensor, type Tensor2D } from "../tensorflow";

/**
 * Layers that read tokens, in place of layers that read their embedding. Call it inside `tf.tidy`.
 *
 * @param embedding [vocabulary, width]
 * @param layers of which all kernels but the first begin with rows for the layer below
 * @returns with kernels of `vocabulary` rows wherever there were `width`
 */
export function folded(layers: readonly LayerWeights[], embedding: Tensor2D): LayerWeights[] {
  return layers.map((layer, index) => {
    const { below, reading } = parted(layer.kernel, rowsBelow(layers, index));
    return reading ? { ...layer, kernel: tf.concat([below, embedding.matMul(reading)]) as Tensor2D } : layer;
  });
}

/**
 * The way back: out of the gradients by folded layers those by the layers and by the embedding.
 *
 * @param gradients of each layer, first to last, kernel, recurrent kernel and bias
 * @returns the same for the layers as they are, and the embedding's
 */
export function unfolded(
  gradients: readonly Tensor[],
  layers: readonly LayerWeights[],
  embedding: Tensor2D,
): { layers: Tensor[]; embedding: Tensor2D } {
  const byEmbedding: Tensor[] = [];
  const byLayers = layers.flatMap(({ kernel }, index) => {
    const [byKernel, ...others] = gradients.slice(3 * index, 3 * index + 3);
    const rows = rowsBelow(layers, index);
    const { reading } = parted(kernel, rows);
    if (!reading) return [byKernel, ...others];
    const back = parted(byKernel, rows);
    byEmbedding.push(tf.matMul(back.reading!, reading, false, true));
    return [tf.concat([back.below, tf.matMul(embedding, back.reading!, true)]), ...others];
  });
  return { layers: byLayers, embedding: tf.addN(byEmbedding) as Tensor2D };
}

/** How many rows of a layer's kernel are for the layer below. */
function rowsBelow(layers: readonly LayerWeights[], index: number): number {
  return index === 0 ? 0 : layers[index - 1].recurrentKernel.shape[0];
}

/** The rows of a kernel for the layer below, and those for the tokens; undefined where the layer does not read them. */
function parted(kernel: Tensor, rows: number): { below: Tensor; reading?: Tensor } {
  const [all, columns] = kernel.shape as [number, number];
  if (all === rows) return { below: kernel };
  return {
    below: kernel.slice([0, 0], [rows, columns]),
    reading: kernel.slice([rows, 0], [all - rows, columns]),
  };
}

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
