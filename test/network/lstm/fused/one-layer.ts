/** Weights of a network of one layer, all of them alike, where only their shapes matter. */
import type { NetworkWeights } from "../../../../lib/network/lstm/fused/native-network";
import type { Tensor, Tensor1D, Tensor2D } from "../../../../lib/network/tensorflow";

/**
 * @param fill makes a tensor of a shape, such as `tf.ones`
 * @example oneLayer({ neurons: 8, vocabulary: 3 }, tf.ones).headKernel // [8, 3]
 */
export function oneLayer(
  { neurons, vocabulary }: { readonly neurons: number; readonly vocabulary: number },
  fill: (shape: number[]) => Tensor,
): NetworkWeights {
  return {
    layers: [
      {
        kernel: fill([vocabulary, 4 * neurons]) as Tensor2D,
        recurrentKernel: fill([neurons, 4 * neurons]) as Tensor2D,
        bias: fill([4 * neurons]) as Tensor1D,
      },
    ],
    headKernel: fill([neurons, vocabulary]) as Tensor2D,
    headBias: fill([vocabulary]) as Tensor1D,
  };
}
