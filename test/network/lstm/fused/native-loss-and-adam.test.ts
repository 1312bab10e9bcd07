import { referenceAdam } from "../../../../lib/network/learning/reference-adam";
import { referenceLoss } from "../../../../lib/network/learning/loss";
import { clipAdam, softmaxCrossEntropy } from "../../../../lib/network/lstm/fused/native-loss-and-adam";
import { tf, type Tensor, type Tensor1D, type Tensor2D } from "../../../../lib/network/tensorflow";
import { random } from "../../../../lib/base/random";
import { close } from "../../close";
import { scopedNative } from "./needs-native";
import { characters, uniform } from "../random-tensors";

describe("the native operations of loss and update", function () {
  scopedNative();

  for (const [rows, vocabulary] of [
    [1, 2],
    [3, 5],
    [40, 91],
  ]) {
    it(`equal the reference for the loss of ${rows} characters of ${vocabulary}`, () => {
      const draw = random(1, rows, vocabulary);
      const logits = uniform(draw, [rows, vocabulary], 30) as Tensor2D;
      const targets = characters(draw, vocabulary, [rows]) as Tensor1D;
      const { value, grad } = tf.valueAndGrad(
        (scores: Tensor) => referenceLoss(scores as Tensor2D, targets).crossEntropy,
      )(logits);
      const loss = softmaxCrossEntropy(logits, targets);
      close(loss.crossEntropy, value);
      close(loss.accuracy, referenceLoss(logits, targets).accuracy);
      close(loss.gradient, grad);
    });
  }

  it("count a hit only where the target is the first of the highest scores", () => {
    const logits = tf.tensor2d([
      [1, 1, 0],
      [1, 1, 0],
      [0, 2, 1],
    ]);
    const { accuracy } = softmaxCrossEntropy(logits, tf.tensor1d([0, 1, 1], "int32"));
    close(accuracy, tf.scalar(2 / 3));
  });

  for (const [clipNorm, weightDecay] of [
    [0, 0],
    [0.5, 0],
    [1e6, 0],
    [0.5, 2],
  ]) {
    it(`equal the reference for Adam over three updates, clipped to a norm of ${clipNorm || "nothing"}, with a weight decay of ${weightDecay}`, () => {
      const draw = random(2);
      const shapes = [[3, 5], [70000], [1]];
      const gradients = shapes.map((shape) => uniform(draw, shape, 1));
      const make = () => shapes.map((shape) => tf.variable(tf.zeros(shape).add(0.5)));
      const [here, there] = [0, 1].map(() => ({ weights: make(), means: make(), squares: make() }));
      for (let update = 1; update <= 3; update++) {
        const moments = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
        const settings = { learningRate: 0.01, clipNorm, weightDecay, update, ...moments };
        const norm = clipAdam(here.weights, gradients, here.means, here.squares, settings);
        close(norm, referenceAdam(there.weights, gradients, there.means, there.squares, settings));
      }
      for (const name of ["weights", "means", "squares"] as const) {
        here[name].forEach((tensor, index) => close(tensor, there[name][index], 1e-5, name));
      }
      tf.dispose([here, there]);
    });
  }
});
