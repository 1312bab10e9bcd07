/** What operations make of NaN, of infinity, and of numbers next to zero: the same as the reference does. */
import { referenceAdam } from "../../../../lib/network/learning/reference-adam";
import { referenceLoss } from "../../../../lib/network/learning/loss";
import { lstmBackward, lstmForward } from "../../../../lib/network/lstm/fused/native-layer";
import { clipAdam, softmaxCrossEntropy } from "../../../../lib/network/lstm/fused/native-loss-and-adam";
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
import { closeWhereFinite } from "../../close";
import { scopedNative } from "./needs-native";
import { characters, uniform } from "../random-tensors";

describe("the native operations, of numbers that are none", function () {
  scopedNative();

  const [time, batch, width, vocabulary, neurons] = [3, 5, 6, 4, 19];
  const sizes = {
    below: [time, batch, width],
    hidden: [batch, neurons],
    cell: [batch, neurons],
    kernel: [width + vocabulary, 4 * neurons],
    recurrentKernel: [neurons, 4 * neurons],
    bias: [4 * neurons],
    towards: [time, batch, neurons],
  };
  type Given = Record<keyof typeof sizes, Float32Array>;
  const given = (): Given => {
    const draw = random(7);
    const drawn = ([, shape]: [string, number[]]) => uniform(draw, shape, 0.5).dataSync<"float32">();
    return Object.fromEntries(
      Object.entries(sizes).map((entry) => [entry[0], drawn(entry)]),
    ) as unknown as Given;
  };
  const gates = ["input", "forget", "candidate", "output"];
  const places: [string, keyof Given, number][] = [
    ["the layer below", "below", 17],
    ["the hidden state", "hidden", 40],
    ["the cell", "cell", 23],
    ["a row of the kernel for a character", "kernel", (width + 1) * 4 * neurons + 30],
    ["the recurrent kernel", "recurrentKernel", 77],
    ["the gradient", "towards", 111],
    ...gates.map((gate, index): [string, keyof Given, number] => [
      `the bias of an ${gate} gate`,
      "bias",
      index * neurons + 18,
    ]),
  ];

  for (const precision of ["fp32", "bf16"] as const)
    for (const value of [NaN, Infinity, -Infinity, 1e-40])
      it(`equal the reference in ${precision} wherever a layer, its state or what comes back has ${value}`, () => {
        for (const [name, where, at] of places) {
          const numbers = given();
          numbers[where][at] = value;
          compare(numbers, precision, name);
        }
      });

  it("tell of a NaN all of whose bits are set, which rounds up to zero as a number would", () => {
    const numbers = given();
    new Uint32Array(numbers.recurrentKernel.buffer)[5] = 0x7fffffff;
    new Uint32Array(numbers.hidden.buffer)[5] = 0xffffffff;
    new Uint32Array(numbers.below.buffer)[5] = 0x7f800001; // the upper half of which is infinity
    compare(numbers, "bf16", "NaN");
  });

  function compare(numbers: Given, precision: Precision, name: string): void {
    const tensors = Object.fromEntries(
      Object.entries(sizes).map(([of, shape]) => [of, tf.tensor(numbers[of as keyof Given], shape)]),
    ) as Record<keyof Given, Tensor>;
    const { below, towards } = tensors as Record<"below" | "towards", Tensor3D>;
    const ids = characters(random(8), vocabulary, [time, batch]) as Tensor2D;
    const state = { hidden: tensors.hidden as Tensor2D, cell: tensors.cell as Tensor2D };
    const weights = {
      kernel: tensors.kernel as Tensor2D,
      recurrentKernel: tensors.recurrentKernel as Tensor2D,
      bias: tensors.bias as Tensor1D,
    };
    const inputs = { below, ids, ...state, ...weights, precision };
    const steps = lstmForward(inputs);
    const expected = referenceLayer({ below, ids }, weights, state, precision);
    const tolerance = precision === "fp32" ? 1e-5 : 2e-2;
    closeWhereFinite(steps.hiddens, expected.hidden, tolerance, name);
    const last = steps.cells.slice([time - 1, 0, 0]).reshape([batch, neurons]);
    closeWhereFinite(last, expected.state.cell, tolerance, `${name}, cell`);

    const gradients = tf.grads((...by: Tensor[]) => {
      const [hidden, cell, kernel, recurrentKernel, bias, input] = by;
      const known = { kernel, recurrentKernel, bias } as typeof weights;
      return referenceLayer(
        { below: input as Tensor3D, ids },
        known,
        { hidden, cell } as typeof state,
        precision,
      ).hidden;
    })([state.hidden, state.cell, weights.kernel, weights.recurrentKernel, weights.bias, below], towards);
    const back = lstmBackward(inputs, steps, towards);
    [back.hidden, back.cell, back.kernel, back.recurrentKernel, back.bias, back.below].forEach((one, index) =>
      closeWhereFinite(one, gradients[index], tolerance, `${name}, gradient ${index}`),
    );
  }

  for (const scores of [
    [NaN, 1, 2],
    [0, 1, NaN],
    [NaN, NaN, NaN],
    [0, Infinity, 2],
    [-Infinity, -Infinity, -Infinity],
    [1e-40, -1e-40, 0],
    [3e38, 1, 0],
  ])
    it(`equal the reference for the loss of scores ${scores}`, () => {
      const long = [...scores, ...Array.from({ length: 20 }, () => scores[0])]; // more than a vector has
      for (const some of [scores, long]) {
        const logits = tf.tensor2d([...some, ...some.map(() => 0)], [2, some.length]);
        const targets = tf.tensor1d([1, 0], "int32");
        const { value, grad } = tf.valueAndGrad(
          (each: Tensor) => referenceLoss(each as Tensor2D, targets).crossEntropy,
        )(logits);
        const loss = softmaxCrossEntropy(logits, targets);
        closeWhereFinite(loss.crossEntropy, value);
        closeWhereFinite(loss.accuracy, referenceLoss(logits, targets).accuracy);
        closeWhereFinite(loss.gradient, grad, 1e-5);
      }
    });

  for (const clipNorm of [0, 0.5])
    for (const value of [NaN, Infinity, 1e30])
      it(`equal the reference for Adam with a gradient of ${value}, clipped to ${clipNorm || "nothing"}`, () => {
        const gradients = [tf.tensor1d([1, value, -1]), tf.ones([20])];
        const make = () => [tf.ones([3]), tf.ones([20])].map((tensor) => tf.variable(tensor.add(0)));
        const [here, there] = [0, 1].map(() => ({ weights: make(), means: make(), squares: make() }));
        const moments = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
        const settings = { learningRate: 0.1, clipNorm, weightDecay: 0.1, update: 1, ...moments };
        const norm = clipAdam(here.weights, gradients, here.means, here.squares, settings);
        const expected = referenceAdam(there.weights, gradients, there.means, there.squares, settings);
        closeWhereFinite(norm, expected);
        for (const name of ["weights", "means", "squares"] as const)
          here[name].forEach((tensor, index) => closeWhereFinite(tensor, there[name][index], 1e-5, name));
        tf.dispose([here, there]);
      });
});
