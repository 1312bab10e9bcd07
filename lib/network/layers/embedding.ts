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
