/**
 * Adam for a GPU, in as few operations as TensorFlow has for it: what a small network's step takes there is not arithmetic but
 * the way to the GPU, about 0.1 ms an operation.
 */
import { clipScale } from "../../learning/clip";
import type { AdamUpdate } from "../../learning/adam-update";
import { type Scalar, type Tensor, type Tensor1D, tf } from "../../tensorflow";

/** See `referenceAdam`: the same for all weights in a row. */
export const cudnnAdam: AdamUpdate = (variables, gradients, means, squares, settings) =>
  tf.tidy(() => {
    const { learningRate, clipNorm, weightDecay, update, beta1, beta2, epsilon } = settings;
    const whole = joined(gradients);
    const norm = whole.square().sum().sqrt() as Scalar;
    const gradient = clipNorm > 0 ? whole.mul(clipScale(norm, clipNorm)) : whole;
    const [mean, square] = [joined(means), joined(squares)];
    const meanAfter = mean.add(gradient.sub(mean).mul(1 - beta1)) as Tensor1D;
    const squareAfter = square.add(
      gradient
        .square()
        .sub(square)
        .mul(1 - beta2),
    ) as Tensor1D;
    // Both corrections at once (Kingma and Ba 2015, end of section 2), with epsilon corrected too.
    const correction = Math.sqrt(1 - beta2 ** update);
    const size = squareAfter.sqrt().add(epsilon * correction);
    const change = meanAfter.div(size).mul((learningRate * correction) / (1 - beta1 ** update)) as Tensor1D;
    const kept = (variable: Tensor) =>
      weightDecay > 0 ? variable.mul(1 - learningRate * weightDecay) : variable;
    const parts = [meanAfter, squareAfter, change].map((row) => apart(row, variables));
    variables.forEach((variable, index) => {
      means[index].assign(parts[0][index]);
      squares[index].assign(parts[1][index]);
      variable.assign(kept(variable).sub(parts[2][index]));
    });
    return norm;
  });

function joined(tensors: readonly Tensor[]): Tensor1D {
  return tf.concat1d(tensors.map((tensor) => (tensor.rank === 1 ? tensor : tensor.flatten())) as Tensor1D[]);
}

/** The parts of a row, in the shapes of `like`. */
function apart(row: Tensor1D, like: readonly Tensor[]): Tensor[] {
  const sizes = like.map(({ size }) => size);
  return tf
    .split(row, sizes)
    .map((part, index) => (like[index].rank === 1 ? part : part.reshape(like[index].shape)));
}
