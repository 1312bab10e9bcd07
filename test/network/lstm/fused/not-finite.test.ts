/** What operations make of NaN, of infinity, and of numbers next to zero: the same as the reference does. */
import assert from "node:assert/strict";
import { choose } from "../../../../lib/generate/choose";
import { fused, reference } from "../../../../lib/network/implementation";
import { referenceAdam } from "../../../../lib/network/learning/adam";
import { referenceLoss } from "../../../../lib/network/learning/loss";
import { lstmBackward, lstmForward } from "../../../../lib/network/lstm/fused/native-layer";
import { generate, learn } from "../../../../lib/network/lstm/fused/native-network";
import { clipAdam, softmaxCrossEntropy } from "../../../../lib/network/lstm/fused/native-loss-and-adam";
import { referenceLayer } from "../../../../lib/network/lstm/reference";
import { Model } from "../../../../lib/network/model";
import type { Precision } from "../../../../lib/network/params";
import type { Params } from "../../../../lib/train/params";
import {
  tf,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
} from "../../../../lib/network/tensorflow";
import { random } from "../../../../lib/base/random";
import { Vocabulary } from "../../../../lib/text/tokens/vocabulary";
import { closeWhereFinite } from "../../close";
import { scopedNative } from "./needs-native";
import { characters, uniform } from "../random-tensors";

describe("the native operations, of numbers that are none", function () {
  scopedNative();
  afterEach(() => delete process.env.PALIMPSEST_THREADS);

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
        const settings = { learningRate: 0.1, clipNorm, update: 1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
        const norm = clipAdam(here.weights, gradients, here.means, here.squares, settings);
        const expected = referenceAdam(there.weights, gradients, there.means, there.squares, settings);
        closeWhereFinite(norm, expected);
        for (const name of ["weights", "means", "squares"] as const)
          here[name].forEach((tensor, index) => closeWhereFinite(tensor, there[name][index], 1e-5, name));
        tf.dispose([here, there]);
      });

  for (const given of [
    {},
    { precision: "bf16" },
    { skipConnections: true },
    { embedding: 3 },
    { attention: true },
  ] satisfies Partial<Params>[])
    it(`equal the reference where a weight of a network is NaN: ${JSON.stringify(given)}`, async () => {
      const params = { neurons: 9, layers: 2, steps: 4, batchSize: 3, ...given };
      const known = Vocabulary.of(["abcdef"]);
      const models = await Promise.all(
        [fused, reference].map((implementation) => Model.create(params, known, { implementation })),
      );
      const draw = random(9);
      const [ids, targets] = [0, 1].map(() => characters(draw, known.size, [4, 3]) as Tensor2D);
      const fresh = Object.fromEntries(
        Array.from(models[0].weights, ([name, weight]) => [name, Array.from(weight.dataSync())]),
      );
      for (const [name, { shape }] of models[0].weights) {
        const spoilt = Object.fromEntries(
          Array.from(models[0].weights, ([other, weight]) => {
            const values = Float32Array.from(fresh[other]);
            if (other === name) values[values.length >> 1] = NaN;
            return [other, tf.tensor(values, weight.shape)];
          }),
        );
        const [here, there] = models.map((model) => {
          model.weights.load(spoilt);
          return model.learn(ids, targets, model.zeroState(3), 0);
        });
        const about = `${name} ${shape}`;
        closeWhereFinite(here.crossEntropy, there.crossEntropy, 1e-4, about);
        closeWhereFinite(here.accuracy, there.accuracy, 1e-4, about);
        if (given.embedding) continue; // multiplied into the kernels, it spoils all of them
        here.gradients.forEach((gradient, index) =>
          closeWhereFinite(gradient, there.gradients[index], 2e-2, `${about}, gradient ${index}`),
        );
      }
      models.forEach((model) => model.dispose());
    });

  it("learn that a network has diverged whatever dropout leaves of it", () => {
    const weights = networkWeights();
    weights.layers[0].bias = tf.fill([4 * 8], NaN);
    const ids = tf.zeros([1, 1], "int32") as Tensor2D;
    for (let key = 0; key < 50; key++) {
      const { crossEntropy } = learn(weights, ids, ids, zeroState(), { rate: 0.95, keys: [key] });
      assert.ok(Number.isNaN(crossEntropy.dataSync()[0]), `with key ${key}`);
    }
  });

  for (const rate of [1, 1.5, -0.1, NaN])
    it(`refuse dropout of ${rate}`, () => {
      const ids = tf.zeros([1, 1], "int32") as Tensor2D;
      assert.throws(
        () => learn(networkWeights(), ids, ids, zeroState(), { rate, keys: [1] }),
        /Expected `rate` from 0 to below 1, got/,
      );
    });

  for (const choice of [
    { temperature: 0, topK: 0, topP: 1 },
    { temperature: 0.8, topK: 0, topP: 1 },
    { temperature: 1, topK: 2, topP: 0.5 },
    { temperature: Infinity, topK: 0, topP: 1 },
  ])
    it(`choose as \`choose\` does, or refuse to, by scores that are not finite: ${JSON.stringify(choice)}`, () => {
      for (const threads of ["1", "3"]) {
        process.env.PALIMPSEST_THREADS = threads;
        const width = threads === "1" ? 8 : 300; // more weights than one thread reads alone
        for (const scores of [
          [0, 1, NaN, 2],
          [NaN, 1, 0, 2],
          [0, NaN, NaN, NaN],
          [0, 1, Infinity, 2],
          [0, -Infinity, 3, -Infinity],
          [0, -Infinity, -Infinity, -Infinity],
        ]) {
          const weights = { ...networkWeights(width), headBias: tf.tensor1d(scores) };
          const write = () =>
            Array.from(
              generate(weights, zeroState(width), { prompt: [1], draws: [0.7, 0.2], ...choice }).ids,
            );
          let expected: number[] | undefined;
          try {
            expected = [0.7, 0.2].map((drawn) => choose(Float32Array.from(scores), choice, drawn));
          } catch (error) {
            assert.match(String(error), /scores are not numbers: it has diverged/);
          }
          if (expected) assert.deepEqual(write(), expected, `${scores}`);
          else assert.throws(write, /scores are not numbers: it has diverged/, `${scores}`);
        }
      }
    });

  it("refuse to write where there is nothing but the unknown, and to choose out of range", () => {
    const one = {
      layers: [
        {
          kernel: tf.zeros([1, 32]) as Tensor2D,
          recurrentKernel: tf.zeros([8, 32]) as Tensor2D,
          bias: tf.zeros([32]) as Tensor1D,
        },
      ],
      headKernel: tf.zeros([8, 1]) as Tensor2D,
      headBias: tf.zeros([1]) as Tensor1D,
    };
    const options = { prompt: [0], draws: [0.5, 0.5], temperature: 1, topK: 0, topP: 1 };
    assert.throws(() => generate(one, zeroState(), options), /Expected a vocabulary with something to write/);
    for (const wrong of [{ temperature: -1 }, { temperature: NaN }, { topK: -1 }, { topP: 0 }, { topP: NaN }])
      assert.throws(
        () => generate(networkWeights(), zeroState(), { ...options, ...wrong }),
        /Expected `temperature` and `topK` >= 0 and `topP` above 0 and at most 1, got/,
      );
  });

  it("take the smallest numbers for zero in all threads alike", () => {
    const weights = networkWeights(64);
    const small = (tensor: Tensor) => tensor.mul(1e-18);
    const tiny = {
      ...weights,
      layers: weights.layers.map(({ kernel, recurrentKernel, bias }) => ({
        kernel: small(kernel) as Tensor2D,
        recurrentKernel: small(recurrentKernel) as Tensor2D,
        bias: small(bias) as Tensor1D,
      })),
      headKernel: small(weights.headKernel) as Tensor2D,
    };
    const draw = random(4);
    const [ids, targets] = [0, 1].map(() => characters(draw, 4, [9, 16]) as Tensor2D);
    const results = [1, 2, 3, 16].map((threads) => {
      process.env.PALIMPSEST_THREADS = String(threads);
      const { gradients } = learn(tiny, ids, targets, zeroState(64, 16));
      return gradients.map((gradient) => Array.from(new Uint32Array(gradient.dataSync().buffer)));
    });
    for (const result of results) assert.deepEqual(result, results[0]);
  });
});

function networkWeights(neurons = 8) {
  const draw = random(3);
  return {
    layers: [
      {
        kernel: uniform(draw, [4, 4 * neurons], 0.5) as Tensor2D,
        recurrentKernel: uniform(draw, [neurons, 4 * neurons], 0.1) as Tensor2D,
        bias: uniform(draw, [4 * neurons], 0.5) as Tensor1D,
      },
    ],
    headKernel: tf.zeros([neurons, 4]) as Tensor2D,
    headBias: tf.zeros([4]) as Tensor1D,
  };
}

function zeroState(neurons = 8, batch = 1) {
  return [{ hidden: tf.zeros([batch, neurons]) as Tensor2D, cell: tf.zeros([batch, neurons]) as Tensor2D }];
}
