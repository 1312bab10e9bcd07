/** What whole networks make of NaN, of infinity, and of numbers next to zero, when they learn and when they write. */
import assert from "node:assert/strict";
import { choose } from "../../../../lib/generate/choose";
import { fused, reference } from "../../../../lib/network/implementation";
import { generate, learn } from "../../../../lib/network/lstm/fused/native-network";
import { Model } from "../../../../lib/network/model";
import type { Params } from "../../../../lib/train/params";
import { tf, type Tensor, type Tensor1D, type Tensor2D } from "../../../../lib/network/tensorflow";
import { random } from "../../../../lib/base/random";
import { Vocabulary } from "../../../../lib/text/tokens/vocabulary";
import { closeWhereFinite } from "../../close";
import { scopedNative } from "./needs-native";
import { characters, uniform } from "../random-tensors";

describe("the native operations on a network, of numbers that are none", function () {
  scopedNative();
  afterEach(() => delete process.env.PALIMPSEST_THREADS);

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
