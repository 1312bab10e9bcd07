import { fusedLayer } from "../../../../lib/network/lstm/fused/fused-layer";
import type { Layer } from "../../../../lib/network/lstm/layer";
import { referenceLayer } from "../../../../lib/network/lstm/reference";
import {
  tf,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
} from "../../../../lib/network/tensorflow";
import { close } from "../../close";
import { scopedNative } from "./needs-native";

describe("fusedLayer", function () {
  scopedNative();

  const shapes = [
    { time: 1, batch: 1, width: 0, neurons: 5 },
    { time: 1, batch: 3, width: 4, neurons: 17 },
    { time: 6, batch: 3, width: 17, neurons: 17 },
  ];
  for (const shape of shapes) {
    it(`is differentiable by everything, the state before the first step too: ${JSON.stringify(shape)}`, () => {
      const { inputs, gradientsBy } = problemOf(shape);
      const expected = gradientsBy(referenceLayer);
      gradientsBy(fusedLayer).forEach((gradient, index) =>
        close(gradient, expected[index], 1e-4, inputs[index]),
      );
    });
  }

  it("has gradients by the state that equal numeric ones", () => {
    const { values, lossOf, gradientsBy } = problemOf({ time: 2, batch: 3, width: 4, neurons: 5 });
    const gradients = gradientsBy(fusedLayer);
    for (const index of [0, 1]) {
      const step = 1e-2;
      const size = values[index].size;
      const apart = Array.from({ length: size }, (_, at) => {
        const moved = (by: number) => {
          const nudge = tf.oneHot([at], size, by, 0, "float32").reshape(values[index].shape);
          const given = values.map((value, place) => (place === index ? value.add(nudge) : value));
          return lossOf(fusedLayer, given).dataSync()[0];
        };
        return (moved(step) - moved(-step)) / (2 * step);
      });
      close(gradients[index], tf.tensor(apart, values[index].shape), 1e-3);
    }
  });
});

/** A layer that reads characters, and below them a layer where `width` is not 0; its loss, and the gradients of it. */
function problemOf({ time, batch, width, neurons }: Record<"time" | "batch" | "width" | "neurons", number>) {
  const vocabulary = 7;
  const shapes = {
    hidden: [batch, neurons],
    cell: [batch, neurons],
    kernel: [width + vocabulary, 4 * neurons],
    recurrentKernel: [neurons, 4 * neurons],
    bias: [4 * neurons],
    ...(width ? { below: [time, batch, width] } : {}),
  };
  const uniform = (shape: number[], seed: number) =>
    tf.randomUniform(shape, -1, 1, "float32", seed) as Tensor;
  const values = Object.values(shapes).map(uniform);
  const towards = uniform([time, batch, neurons], 100);
  const ids = tf.tidy(() =>
    tf.randomUniform([time, batch], 0, vocabulary, "float32", 101).floor().cast("int32"),
  ) as Tensor2D;
  const lossOf = (layer: Layer, [hidden, cell, kernel, recurrentKernel, bias, below]: Tensor[]) => {
    const weights = { kernel, recurrentKernel, bias } as {
      kernel: Tensor2D;
      recurrentKernel: Tensor2D;
      bias: Tensor1D;
    };
    const state = { hidden, cell } as { hidden: Tensor2D; cell: Tensor2D };
    return layer({ ids, below: below as Tensor3D | undefined }, weights, state)
      .hidden.mul(towards)
      .sum();
  };
  const gradientsBy = (layer: Layer) =>
    tf.grads((...given: Tensor[]) => lossOf(layer, given))(values) as Tensor[];
  return { inputs: Object.keys(shapes), values, lossOf, gradientsBy };
}
