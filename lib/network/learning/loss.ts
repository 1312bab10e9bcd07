/** How far predictions are from what was written: the loss in plain TensorFlow.js operations. */
import { oneHot } from "../layers/one-hot";
import { tf, type Scalar, type Tensor1D, type Tensor2D } from "../tensorflow";

export interface Loss {
  /** Mean cross-entropy in nats a character; differentiable by the logits. */
  readonly crossEntropy: Scalar;
  /** Share of characters whose likeliest prediction is right; kept, the caller disposes of it. */
  readonly accuracy: Scalar;
}

/**
 * @param logits [characters, vocabulary]
 * @param targets the ids that came, int32: [characters]
 */
export type LossFunction = (logits: Tensor2D, targets: Tensor1D) => Loss;

export const referenceLoss: LossFunction = (logits, targets) => {
  const logLikelihood = logits.logSoftmax().mul(oneHot(targets, logits.shape[1])).sum(1);
  const hits = tf.tidy(() => {
    // Compared as floats: TensorFlow compares whole numbers on the CPU, for which a GPU would have to be waited for.
    const [guesses, came] = [logits.argMax(1), targets].map((ids) => ids.cast("float32"));
    const scored = logLikelihood.equal(logLikelihood); // where it is a number: among scores that are none, none is the highest
    return tf.keep(guesses.equal(came).logicalAnd(scored).mean() as Scalar);
  });
  return { crossEntropy: logLikelihood.mean().neg() as Scalar, accuracy: hits };
};
