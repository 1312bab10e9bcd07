/** Adam's update in plain TensorFlow.js operations. */
import { type Scalar, tf } from "../tensorflow";
import { clipScale } from "./clip";
import type { AdamUpdate } from "./adam-update";

/** The update in plain TensorFlow.js operations. */
export const referenceAdam: AdamUpdate = (variables, gradients, means, squares, settings) =>
  tf.tidy(() => {
    const { learningRate, clipNorm, weightDecay, update, beta1, beta2, epsilon } = settings;
    const norm = tf.addN(gradients.map((gradient) => gradient.square().sum())).sqrt() as Scalar;
    const scale = clipScale(norm, clipNorm);
    const kept = 1 - learningRate * weightDecay;
    const meanCorrection = 1 - beta1 ** update;
    const squareCorrection = 1 - beta2 ** update;
    variables.forEach((variable, index) => {
      const gradient = gradients[index].mul(scale);
      means[index].assign(means[index].mul(beta1).add(gradient.mul(1 - beta1)));
      squares[index].assign(squares[index].mul(beta2).add(gradient.square().mul(1 - beta2)));
      const direction = means[index].div(meanCorrection);
      const size = squares[index].div(squareCorrection).sqrt().add(epsilon);
      variable.assign(variable.mul(kept).sub(direction.div(size).mul(learningRate)));
    });
    return norm;
  });
