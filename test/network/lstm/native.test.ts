import assert from "node:assert/strict";
import { choose } from "../../../lib/generate/choose";
import { referenceAdam } from "../../../lib/network/adam";
import { referenceLoss } from "../../../lib/network/loss";
import {
  clipAdam,
  generate,
  lstmBackward,
  lstmForward,
  nativeProblem,
  softmaxCrossEntropy,
} from "../../../lib/network/lstm/native";
import { referenceLayer } from "../../../lib/network/lstm/reference";
import {
  tf,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
  type Variable1D,
  type Variable2D,
} from "../../../lib/network/tensorflow";
import { random } from "../../../lib/text/random";

describe("the native operations", function () {
  before(function () {
    if (nativeProblem()) {
      console.log(`      skipped: ${nativeProblem()}`);
      this.skip();
    }
  });

  for (const [time, batch, width, vocabulary, neurons] of [
    [1, 1, 0, 3, 1],
    [7, 3, 0, 11, 17],
    [5, 2, 5, 0, 16],
    [3, 1, 5, 7, 33],
    [4, 33, 17, 0, 40],
    [6, 13, 130, 9, 129],
  ]) {
    const read = [width && `a layer below of ${width}`, vocabulary && `${vocabulary} characters`]
      .filter(Boolean)
      .join(" and ");
    it(`equal the reference for ${time} steps of ${batch} rows, ${read}, ${neurons} neurons`, () => {
      compareLayer(time, batch, width, vocabulary, neurons);
    });
  }
});

function compareLayer(time: number, batch: number, width: number, vocabulary: number, neurons: number): void {
  tf.tidy(() => {
    const draw = random(1, time, batch, width, vocabulary, neurons);
    const uniform = (shape: number[], size = 1) => {
      const length = shape.reduce((product, value) => product * value, 1);
      return tf.tensor(
        Float32Array.from({ length }, () => (2 * draw() - 1) * size),
        shape,
      );
    };
    const below = width ? (uniform([time, batch, width]) as Tensor3D) : undefined;
    const ids = vocabulary
      ? tf.tensor2d(
          Int32Array.from({ length: time * batch }, () => draw() * vocabulary),
          [time, batch],
          "int32",
        )
      : undefined;
    const state = {
      hidden: uniform([batch, neurons]) as Tensor2D,
      cell: uniform([batch, neurons]) as Tensor2D,
    };
    const weights = {
      kernel: tf.variable(uniform([width + vocabulary, 4 * neurons], 0.5)) as Variable2D,
      recurrentKernel: tf.variable(uniform([neurons, 4 * neurons], 0.5)) as Variable2D,
      bias: tf.variable(uniform([4 * neurons], 0.5)) as Variable1D,
    };
    const towards = uniform([time, batch, neurons]) as Tensor3D;
    const names = [weights.kernel, weights.recurrentKernel, weights.bias];
    const expected = referenceLayer({ below, ids }, weights, state);
    const { grads } = tf.variableGrads(
      () => referenceLayer({ below, ids }, weights, state).hidden.mul(towards).sum(),
      names,
    );
    const inputs = { below, ids, ...state, ...weights };
    const steps = lstmForward(inputs);
    near(steps.hiddens, expected.hidden, 1e-5);
    near(steps.cells.slice([time - 1], [1]).squeeze([0]), expected.state.cell, 1e-5);
    const gradients = lstmBackward(inputs, steps, towards);
    near(gradients.kernel, grads[weights.kernel.name], 1e-4);
    near(gradients.recurrentKernel, grads[weights.recurrentKernel.name], 1e-4);
    near(gradients.bias, grads[weights.bias.name], 1e-4);
    if (below) {
      const byBelow = tf.grad((input: Tensor) =>
        referenceLayer({ below: input as Tensor3D, ids }, weights, state)
          .hidden.mul(towards)
          .sum(),
      );
      near(gradients.below, byBelow(below), 1e-4);
    }
    tf.dispose(names);
  });
}

/** Whether two tensors differ by less than `tolerance` of the greatest number in them. */
function near(actual: Tensor, expected: Tensor, tolerance: number): void {
  assert.deepEqual(actual.shape, expected.shape);
  const greatest = expected.abs().max().dataSync()[0];
  const distance = actual.sub(expected).abs().max().dataSync()[0];
  assert.ok(distance <= tolerance * greatest, `differ by ${distance} of ${greatest}`);
}
