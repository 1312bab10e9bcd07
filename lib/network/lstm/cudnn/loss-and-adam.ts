/**
 * Loss and Adam for a GPU, in as few operations as TensorFlow has for them: what a small network's step takes there is not
 * arithmetic but the way to the GPU, about 0.1 ms an operation.
 */
import { clipScale, type AdamUpdate } from "../../learning/adam";
import type { LossFunction } from "../../learning/loss";
import { callTensorflow, tf, type Scalar, type Tensor, type Tensor1D, type Tensor2D } from "../../tensorflow";

/** See `referenceLoss`; where two predictions are the likeliest, either counts as right. */
export const cudnnLoss: LossFunction = (logits, targets) => {
  let accuracy: Scalar | undefined;
  const differentiable = tf.customGrad((...given: unknown[]) => {
    const [scores, save] = given as [Tensor2D, (tensors: Tensor[]) => void];
    const types = { T: "TF_FLOAT", Tlabels: "TF_INT32" } as const;
    const [losses, gradient] = callTensorflow(
      "SparseSoftmaxCrossEntropyWithLogits",
      [scores, targets],
      types,
      2,
    );
    const best = [scores, targets, tf.scalar(1, "int32")];
    const [hits] = callTensorflow("InTopKV2", best, { T: "TF_INT32" }, 1);
    accuracy = tf.keep(hits.cast("float32").mean() as Scalar);
    save([gradient]);
    const gradFunc = (outer: Tensor, [gradient]: Tensor[]) => gradient.mul(outer.div(targets.size));
    return { value: losses.mean(), gradFunc };
  });
  return { crossEntropy: differentiable(logits) as Scalar, accuracy: accuracy! };
};

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
