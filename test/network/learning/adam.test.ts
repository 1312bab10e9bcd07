import assert from "node:assert/strict";
import { Adam } from "../../../lib/network/learning/adam";
import { referenceAdam } from "../../../lib/network/learning/reference-adam";
import { ownVariable, tf } from "../../../lib/network/tensorflow";
import { close } from "../close";

describe("Adam", () => {
  const gradients = Array.from({ length: 5 }, (_, step) => [
    tf.randomUniform([3, 4], -1, 1, "float32", step),
    tf.randomUniform([5], -1, 1, "float32", step + 10),
  ]);
  const variables = () => [ownVariable(() => tf.ones([3, 4])), ownVariable(() => tf.ones([5]))];

  it("changes the weights as the optimizer of TensorFlow.js does when nothing is clipped", () => {
    const [ours, theirs] = [variables(), variables()];
    const adam = new Adam(ours, referenceAdam);
    const stock = tf.train.adam(0.01, 0.9, 0.999, 1e-8);
    for (const [first, second] of gradients) {
      adam.apply([first, second], { learningRate: 0.01, clipNorm: 0, weightDecay: 0 }).dispose();
      stock.applyGradients([
        { name: theirs[0].name, tensor: first },
        { name: theirs[1].name, tensor: second },
      ]);
    }
    ours.forEach((variable, index) => close(variable, theirs[index]));
  });

  it("scales gradients down to the clip norm and tells their norm before", () => {
    const adam = new Adam(variables(), referenceAdam);
    const large = gradients[0].map((gradient) => gradient.mul(100));
    const norm = adam.apply(large, { learningRate: 0.01, clipNorm: 2, weightDecay: 0 }).dataSync()[0];
    const clipped = new Adam(variables(), referenceAdam);
    clipped.apply(
      large.map((gradient) => gradient.mul(2 / norm)),
      { learningRate: 0.01, clipNorm: 0, weightDecay: 0 },
    );
    adam.means.forEach((mean, index) => close(mean, clipped.means[index]));
    const squares = large.map((gradient) => gradient.square().sum().dataSync()[0]);
    assert.ok(Math.abs(norm - Math.sqrt(squares[0] + squares[1])) < 1e-2);
  });

  it("goes on from averages that were saved", () => {
    const [first, second] = [variables(), variables()];
    const [through, stopped] = [new Adam(first, referenceAdam), new Adam(second, referenceAdam)];
    through.apply(gradients[0], { learningRate: 0.01, clipNorm: 0, weightDecay: 0 });
    stopped.apply(gradients[0], { learningRate: 0.01, clipNorm: 0, weightDecay: 0 });
    const resumed = new Adam(second, referenceAdam);
    resumed.load(stopped.memory, stopped.updates);
    stopped.dispose();
    through.apply(gradients[1], { learningRate: 0.01, clipNorm: 0, weightDecay: 0 });
    resumed.apply(gradients[1], { learningRate: 0.01, clipNorm: 0, weightDecay: 0 });
    first.forEach((variable, index) => assert.deepEqual(variable.dataSync(), second[index].dataSync()));
  });
});
