/**
 * What stands before and after the gradients, in one pass each: the loss, and clipping with Adam
 * (`native/operations/adam.cc`).
 */
import type { AdamSettings } from "../../learning/adam-update";
import { tf, type Scalar, type Tensor, type Tensor1D, type Tensor2D } from "../../tensorflow";
import { callOperation } from "./operations";

/**
 * Softmax and cross-entropy in one pass.
 *
 * @param logits [characters, vocabulary]
 * @param targets int32 [characters]
 * @returns the mean cross-entropy in nats, the share of characters whose likeliest prediction is right, and the gradient
 *   of the former by `logits`; the caller disposes of them
 */
export function softmaxCrossEntropy(
  logits: Tensor2D,
  targets: Tensor1D,
): { crossEntropy: Scalar; accuracy: Scalar; gradient: Tensor2D } {
  const [crossEntropy, accuracy, gradient] = callOperation("SoftmaxCrossEntropy", [logits, targets], 3);
  return {
    crossEntropy: crossEntropy as Scalar,
    accuracy: accuracy as Scalar,
    gradient: gradient as Tensor2D,
  };
}

/**
 * Clips the gradients by their global norm and updates weights, means and squares **in place**: whatever shares their
 * memory, such as a `clone()`, changes with them. All four lists have the same order and shapes.
 *
 * @returns the global norm before clipping; the caller disposes of it
 */
export function clipAdam(
  weights: readonly Tensor[],
  gradients: readonly Tensor[],
  means: readonly Tensor[],
  squares: readonly Tensor[],
  { learningRate, clipNorm, weightDecay, update, beta1, beta2, epsilon }: AdamSettings,
): Scalar {
  const meanCorrection = 1 / (1 - beta1 ** update);
  const squareCorrection = 1 / (1 - beta2 ** update);
  const numbers = [
    learningRate,
    beta1,
    1 - beta1,
    beta2,
    1 - beta2,
    epsilon,
    meanCorrection,
    squareCorrection,
    clipNorm,
    1 - learningRate * weightDecay,
  ];
  return tf.tidy(() => {
    const inputs = [tf.tensor1d(numbers), ...weights, ...gradients, ...means, ...squares];
    return callOperation("ClipAdam", inputs, 1, { count: weights.length })[0] as Scalar;
  });
}
