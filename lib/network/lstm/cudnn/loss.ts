/** The loss for a GPU, in as few operations as TensorFlow has for it. */
import type { LossFunction } from "../../learning/loss";
import { callTensorflow, type Scalar, type Tensor, type Tensor2D, tf } from "../../tensorflow";

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
