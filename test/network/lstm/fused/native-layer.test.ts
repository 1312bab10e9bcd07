import { lstmBackward, lstmForward } from "../../../../lib/network/lstm/fused/native-layer";
import { referenceLayer } from "../../../../lib/network/lstm/reference";
import type { Precision } from "../../../../lib/network/params";
import {
  tf,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
} from "../../../../lib/network/tensorflow";
import { random } from "../../../../lib/base/random";
import { close } from "../../close";
import { scopedNative } from "./needs-native";
import { characters, uniform } from "../random-tensors";

describe("the native operations of a layer", function () {
  scopedNative();

  for (const [time, batch, width, vocabulary, neurons] of [
    [1, 1, 0, 3, 1],
    [7, 3, 0, 11, 17],
    [5, 2, 5, 0, 16],
    [3, 1, 5, 7, 33],
    [4, 33, 17, 0, 40],
    [6, 13, 130, 9, 129],
  ]) {
    const parts = [width && `a layer below of ${width}`, vocabulary && `${vocabulary} characters`].filter(
      Boolean,
    );
    for (const precision of ["fp32", "bf16"] as const) {
      it(`equal the reference in ${precision}: ${time} steps of ${batch} rows, ${parts.join(" and ")}, ${neurons} neurons`, () => {
        compareLayer([time, batch, width, vocabulary, neurons], precision);
      });
    }
  }
});

/** In bfloat16 sums that differ in their last bit are now and then rounded to neighbours, 1/256 apart. */
function compareLayer([time, batch, width, vocabulary, neurons]: number[], precision: Precision): void {
  const draw = random(1, time, batch, width, vocabulary, neurons);
  const below = width ? (uniform(draw, [time, batch, width], 1) as Tensor3D) : undefined;
  const ids = vocabulary ? (characters(draw, vocabulary, [time, batch]) as Tensor2D) : undefined;
  const state = {
    hidden: uniform(draw, [batch, neurons], 1) as Tensor2D,
    cell: uniform(draw, [batch, neurons], 1) as Tensor2D,
  };
  const weights = {
    kernel: uniform(draw, [width + vocabulary, 4 * neurons], 0.5) as Tensor2D,
    recurrentKernel: uniform(draw, [neurons, 4 * neurons], 0.5) as Tensor2D,
    bias: uniform(draw, [4 * neurons], 0.5) as Tensor1D,
  };
  const towards = uniform(draw, [time, batch, neurons], 1) as Tensor3D;
  const expected = referenceLayer({ below, ids }, weights, state, precision);
  const by: Tensor[] = [state.hidden, state.cell, weights.kernel, weights.recurrentKernel, weights.bias];
  const gradientsOf = tf.grads((...given: Tensor[]) => {
    const [hidden, cell, kernel, recurrentKernel, bias, input] = given;
    const known = { kernel, recurrentKernel, bias } as typeof weights;
    const before = { hidden, cell } as typeof state;
    const read = { below: input as Tensor3D | undefined, ids };
    return referenceLayer(read, known, before, precision).hidden.mul(towards).sum();
  });
  const names = ["hidden", "cell", "kernel", "recurrentKernel", "bias", "below"] as const;
  const gradients = gradientsOf(below ? [...by, below] : by);

  const inputs = { below, ids, ...state, ...weights, precision };
  const steps = lstmForward(inputs);
  const [values, slopes] = precision === "bf16" ? [2e-3, 1e-2] : [1e-5, 1e-4];
  close(steps.hiddens, expected.hidden, values);
  close(steps.cells.slice([time - 1], [1]).squeeze([0]), expected.state.cell, values);
  const ours = lstmBackward(inputs, steps, towards);
  gradients.forEach((gradient, index) => close(ours[names[index]], gradient, slopes, names[index]));
}
