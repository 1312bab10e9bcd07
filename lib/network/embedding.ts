/**
 * Learned rows for the tokens, which the layers read in place of the tokens. A layer that reads an embedding computes
 * what one computes that reads tokens, if the rows of its kernel are the embedding's times the kernel: so the operations
 * that know tokens only, the fastest, serve for both.
 */
import type { LayerWeights } from "./lstm/layer";
import { tf, type Tensor, type Tensor2D } from "./tensorflow";

/** The rows of a kernel: those for the layer below, then those for what every layer may read. */
function parted(kernel: Tensor, below: number): [Tensor, Tensor] {
  const [rows, columns] = kernel.shape as [number, number];
  return [kernel.slice([0, 0], [below, columns]), kernel.slice([below, 0], [rows - below, columns])];
}

/**
 * The kernel of a layer that reads tokens, in place of one that reads their embedding.
 *
 * @param embedding [vocabulary, width]
 * @param kernel [below + width, 4 × neurons]
 * @param below how many rows are for the layer below
 * @returns [below + vocabulary, 4 × neurons]
 */
export function foldedKernel(embedding: Tensor2D, kernel: Tensor2D, below: number): Tensor2D {
  if (kernel.shape[0] === below) return kernel;
  const [lower, reading] = parted(kernel, below);
  return tf.concat([lower, embedding.matMul(reading)]) as Tensor2D;
}

/**
 * The way back: out of the gradient by a folded kernel those by the embedding and by the kernel.
 *
 * @param gradient [below + vocabulary, 4 × neurons]
 */
export function unfoldedGradient(
  embedding: Tensor2D,
  { kernel }: Pick<LayerWeights, "kernel">,
  gradient: Tensor,
  below: number,
): { kernel: Tensor; embedding?: Tensor } {
  if (kernel.shape[0] === below) return { kernel: gradient };
  const [lower, reading] = parted(gradient, below);
  const [, weights] = parted(kernel, below);
  return {
    kernel: tf.concat([lower, tf.matMul(embedding, reading, true)]),
    embedding: tf.matMul(reading, weights, false, true),
  };
}
