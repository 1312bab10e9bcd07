import assert from "node:assert/strict";
import type { LayerState } from "../../../lib/network/lstm/layer";
import { referenceLayer } from "../../../lib/network/lstm/reference";
import {
  tf,
  type Tensor2D,
  type Tensor3D,
  type Variable1D,
  type Variable2D,
} from "../../../lib/network/tensorflow";
import { close } from "../close";

describe("referenceLayer", () => {
  const [time, batch, inputs, neurons] = [5, 3, 4, 7];
  const x = tf.randomUniform<Tensor3D["rankType"]>([time, batch, inputs], -1, 1, "float32", 1);
  const weights = {
    kernel: tf.variable(tf.randomUniform([inputs, 4 * neurons], -1, 1, "float32", 2)) as Variable2D,
    recurrentKernel: tf.variable(tf.randomUniform([neurons, 4 * neurons], -1, 1, "float32", 3)) as Variable2D,
    bias: tf.variable(tf.randomUniform([4 * neurons], -1, 1, "float32", 4)) as Variable1D,
  };
  const state = {
    hidden: tf.randomUniform([batch, neurons], -1, 1, "float32", 5) as Tensor2D,
    cell: tf.randomUniform([batch, neurons], -1, 1, "float32", 6) as Tensor2D,
  };

  it("computes what the LSTM layer of TensorFlow.js computes with the same weights", () => {
    const stock = tf.layers.lstm({
      units: neurons,
      recurrentActivation: "sigmoid",
      returnSequences: true,
      returnState: true,
      recurrentInitializer: "zeros",
    });
    const batchMajor = tf.transpose(x, [1, 0, 2]);
    stock.apply(batchMajor);
    stock.setWeights([weights.kernel, weights.recurrentKernel, weights.bias]);
    const [hidden, lastHidden, lastCell] = stock.apply([batchMajor, state.hidden, state.cell]) as Tensor3D[];
    const ours = referenceLayer({ below: x }, weights, state);
    close(tf.transpose(ours.hidden, [1, 0, 2]), hidden);
    close(ours.state.hidden, lastHidden);
    close(ours.state.cell, lastCell);
  });

  it("looks up rows of the kernel as a product with one-hot inputs would", () => {
    const ids = tf.tensor2d([0, 3, 1, 2, 2, 0, 1, 1, 3, 0, 0, 2, 3, 3, 1], [time, batch], "int32");
    const looked = referenceLayer({ ids }, weights, state);
    const multiplied = referenceLayer(
      { below: tf.oneHot(ids, inputs, 1, 0, "float32") as Tensor3D },
      weights,
      state,
    );
    close(looked.hidden, multiplied.hidden);
  });

  it("reads the layer below and the characters together", () => {
    const ids = tf.tensor2d([0, 1, 1, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 0, 1], [time, batch], "int32");
    const [below] = tf.split(x, 2, 2) as Tensor3D[];
    const together = tf.concat([below, tf.oneHot(ids, 2, 1, 0, "float32") as Tensor3D], 2);
    const both = referenceLayer({ below, ids }, weights, state);
    close(both.hidden, referenceLayer({ below: together }, weights, state).hidden);
  });

  it("leaves nothing but its outputs behind", () => {
    const before = tf.memory().numTensors;
    let kept: LayerState | undefined;
    tf.tidy(() => {
      kept = referenceLayer({ below: x }, weights, state).state;
    });
    assert.equal(tf.memory().numTensors, before + 2);
    tf.dispose([kept!.hidden, kept!.cell]);
  });
});
