import assert from "node:assert/strict";
import { reference } from "../../../lib/network/implementation";
import { makeOptimizer } from "../../../lib/network/learning/optimizers";
import type { OptimizerName } from "../../../lib/network/learning/optimizer";
import { ownVariable, tf } from "../../../lib/network/tensorflow";
import { close } from "../close";

describe("makeOptimizer()", () => {
  const gradients = Array.from({ length: 6 }, (_, step) => [
    tf.randomUniform([3, 4], -1, 1, "float32", step),
    tf.randomUniform([5], -1, 1, "float32", step + 10),
  ]);
  const variables = () => [ownVariable(() => tf.ones([3, 4])), ownVariable(() => tf.ones([5]))];
  const stock = {
    adam: () => tf.train.adam(0.01, 0.9, 0.999, 1e-8),
    sgd: () => tf.train.sgd(0.01),
    rmsprop: () => tf.train.rmsprop(0.01, 0.9, 0, 1e-7),
    adagrad: () => tf.train.adagrad(0.01, 0.1),
  };

  for (const name of Object.keys(stock) as (keyof typeof stock)[])
    it(`changes the weights as ${name} of TensorFlow.js does when nothing is clipped`, () => {
      const [ours, theirs] = [variables(), variables()];
      const [own, other] = [makeOptimizer(name, ours, reference), stock[name]()];
      for (const [first, second] of gradients) {
        own.apply([first, second], { learningRate: 0.01, clipNorm: 0, weightDecay: 0 }).dispose();
        other.applyGradients([
          { name: theirs[0].name, tensor: first },
          { name: theirs[1].name, tensor: second },
        ]);
      }
      ours.forEach((variable, index) => close(variable, theirs[index]));
      ours.forEach((variable) => assert.ok(variable.dataSync().every((value) => value !== 1)));
    });

  it("changes a weight as PyTorch's Adadelta does, where TensorFlow.js' divides by the average before the gradient", () => {
    const weight = ownVariable(() => tf.tensor1d([0]));
    const optimizer = makeOptimizer("adadelta", [weight], reference);
    for (const gradient of [0.5, -0.25, 1, 0.125])
      optimizer
        .apply([tf.tensor1d([gradient])], { learningRate: 100, clipNorm: 0, weightDecay: 0 })
        .dispose();
    // torch.optim.Adadelta(…, lr=100, rho=0.95, eps=1e-7), PyTorch 2.13
    assert.ok(Math.abs(weight.dataSync()[0] + 0.2744072) < 1e-6, String(weight.dataSync()[0]));
  });

  for (const name of ["adam", "sgd", "rmsprop", "adagrad", "adadelta"] satisfies OptimizerName[]) {
    it(`scales gradients down to the clip norm for ${name}, and tells their norm before`, () => {
      const [ours, others] = [variables(), variables()];
      const [clipped, scaled] = [ours, others].map((own) => makeOptimizer(name, own, reference));
      const norm = clipped
        .apply(gradients[0], { learningRate: 0.01, clipNorm: 0.5, weightDecay: 0 })
        .dataSync()[0];
      const squares = gradients[0].map((gradient) => gradient.square().sum().dataSync()[0]);
      assert.ok(Math.abs(norm - Math.sqrt(squares[0] + squares[1])) < 1e-5);
      const small = gradients[0].map((gradient) => gradient.mul(0.5 / norm));
      scaled.apply(small, { learningRate: 0.01, clipNorm: 0, weightDecay: 0 }).dispose();
      ours.forEach((variable, index) => close(variable, others[index]));
    });

    it(`takes a share of itself off each weight before ${name} changes it, biases and all`, () => {
      const [ours, others] = [variables(), variables()];
      const [decaying, plain] = [ours, others].map((own) => makeOptimizer(name, own, reference));
      decaying.apply(gradients[0], { learningRate: 0.01, clipNorm: 0, weightDecay: 3 }).dispose();
      plain.apply(gradients[0], { learningRate: 0.01, clipNorm: 0, weightDecay: 0 }).dispose();
      ours.forEach((variable, index) => close(variable, others[index].sub(0.03)));
    });

    it(`goes on with ${name} from a memory that was saved, and leaves nothing behind`, () => {
      const before = tf.memory().numTensors;
      const [first, second] = [variables(), variables()];
      const [through, stopped] = [first, second].map((own) => makeOptimizer(name, own, reference));
      for (const optimizer of [through, stopped])
        for (const step of gradients.slice(0, 2))
          optimizer.apply(step, { learningRate: 0.01, clipNorm: 0, weightDecay: 0 }).dispose();
      const resumed = makeOptimizer(name, second, reference);
      resumed.load(stopped.memory, 2);
      stopped.dispose();
      for (const optimizer of [through, resumed])
        optimizer.apply(gradients[2], { learningRate: 0.01, clipNorm: 0, weightDecay: 0 }).dispose();
      first.forEach((variable, index) => assert.deepEqual(variable.dataSync(), second[index].dataSync()));
      for (const optimizer of [through, resumed]) optimizer.dispose();
      tf.dispose([...first, ...second]);
      assert.equal(tf.memory().numTensors, before);
    });
  }
});
