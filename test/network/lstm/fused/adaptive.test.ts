/** The adaptive softmax in the operations of our own, beside the reference. */
import assert from "node:assert/strict";
import { choose } from "../../../../lib/generate/choose";
import { fused, reference, type Implementation } from "../../../../lib/network/implementation";
import { learn, type NetworkWeights } from "../../../../lib/network/lstm/fused/native-network";
import { Model } from "../../../../lib/network/model";
import type { NetworkParams } from "../../../../lib/network/params";
import { disposeState } from "../../../../lib/network/state";
import { assignCopy, tf, type Tensor2D } from "../../../../lib/network/tensorflow";
import { random } from "../../../../lib/base/random";
import { Vocabulary } from "../../../../lib/text/tokens/vocabulary";
import { close } from "../../close";
import { characters } from "../random-tensors";
import { scopedNative } from "./needs-native";

const adaptive = { level: "words", softmax: "adaptive" } as const;

describe("the native operations of an adaptive softmax", function () {
  scopedNative();
  afterEach(() => delete process.env.PALIMPSEST_THREADS);

  const shapes: { params: Partial<NetworkParams>; words: number; time: number; batch: number }[] = [
    { params: { neurons: 5, layers: 1, cutoffs: [1] }, words: 2, time: 1, batch: 1 },
    { params: { neurons: 17, layers: 2, cutoffs: [4] }, words: 30, time: 4, batch: 3 },
    { params: { neurons: 33, layers: 2, cutoffs: [7, 20, 21] }, words: 60, time: 5, batch: 7 },
    {
      params: { neurons: 6, layers: 3, cutoffs: [3, 9], skipConnections: true },
      words: 40,
      time: 9,
      batch: 70,
    },
    {
      params: { neurons: 40, layers: 2, cutoffs: [40, 300], embedding: 12 },
      words: 1200,
      time: 20,
      batch: 16,
    },
  ];
  for (const { params, words, time, batch } of shapes) {
    it(`learn and read as the reference does: ${JSON.stringify(params)}, ${words} words`, async () => {
      const both = await Promise.all([fused, reference].map((by) => modelOf(params, words, by)));
      const [ids, targets] = [idsOf(words, time, batch, 1), idsOf(words, time, batch, 2)];
      const [ours, expected] = both.map((model) => learnFrom(model, ids, targets));
      close(ours.crossEntropy, expected.crossEntropy);
      assert.equal(ours.accuracy.dataSync()[0], expected.accuracy.dataSync()[0]);
      const names = both[0].weights.names;
      expected.gradients.forEach((gradient, index) =>
        close(ours.gradients[index], gradient, 1e-4, names[index]),
      );
      const [read, expectedly] = both.map((model) => model.read(ids, model.zeroState(batch)));
      close(read.logits, expectedly.logits);
      close(read.logits.exp().sum(1), tf.ones([time * batch]));
      for (const model of both) model.dispose();
    });
  }

  it("tell a hit from a token that is less likely than one of another cluster", async () => {
    // One neuron of nothing: the biases alone say what is likely. The frequent ones 0 to 2, then the clusters 3 4 and 5 6.
    const model = await modelOf({ neurons: 4, layers: 1, cutoffs: [3, 5] }, 7, fused);
    const accuracyOf = (head: number[], tails: number[][], target: number) => {
      for (const [name, weight] of model.weights) assignCopy(variableOf(model, name), weight.mul(0));
      assignCopy(variableOf(model, "head/bias"), tf.tensor1d(head.map(Math.log)));
      tails.forEach((chances, index) =>
        assignCopy(variableOf(model, `tail_${index}/bias`), tf.tensor1d(chances.map(Math.log))),
      );
      const targets = tf.tensor2d([target], [1, 1], "int32");
      return learnFrom(model, idsOf(7, 1, 1, 1), targets).accuracy.dataSync()[0];
    };
    const head = [0.25, 0.1, 0.05, 0.3, 0.3];
    const even = [0.5, 0.5];
    assert.equal(accuracyOf(head, [even, even], 0), 1, "no token of a likelier cluster is likelier");
    assert.equal(accuracyOf(head, [even, even], 1), 0);
    assert.equal(accuracyOf(head, [[0.9, 0.1], even], 0), 0, "3 has 0.27");
    assert.equal(accuracyOf(head, [[0.9, 0.1], even], 3), 1);
    assert.equal(
      accuracyOf(
        head,
        [
          [0.9, 0.1],
          [0.01, 0.99],
        ],
        3,
      ),
      0,
      "6 has 0.297",
    );
    assert.equal(
      accuracyOf(
        head,
        [
          [0.9, 0.1],
          [0.01, 0.99],
        ],
        6,
      ),
      1,
    );
    assert.equal(
      accuracyOf(
        head,
        [
          [0.9, 0.1],
          [0.1, 0.9],
        ],
        3,
      ),
      1,
      "of two that are as likely the first counts",
    );
    assert.equal(
      accuracyOf(
        head,
        [
          [0.9, 0.1],
          [0.1, 0.9],
        ],
        6,
      ),
      0,
    );
    model.dispose();
  });

  it("learn the same bits on any number of threads", async () => {
    const model = await modelOf({ neurons: 33, layers: 2, cutoffs: [10, 50], dropout: 0.1 }, 300, fused);
    const [ids, targets] = [idsOf(300, 40, 13, 1), idsOf(300, 40, 13, 2)];
    const results = [1, 2, 3, 16].map((threads) => {
      process.env.PALIMPSEST_THREADS = String(threads);
      const { crossEntropy, gradients } = learnFrom(model, ids, targets);
      return [crossEntropy, ...gradients].map((tensor) => Array.from(tensor.dataSync()));
    });
    for (const result of results) assert.deepEqual(result, results[0]);
    model.dispose();
  });

  it("learn in bfloat16 by nearly the same gradients", async () => {
    const params = { neurons: 33, layers: 2, cutoffs: [10, 50] };
    const both = await Promise.all(
      (["fp32", "bf16"] as const).map((precision) => modelOf({ ...params, precision }, 100, fused)),
    );
    const [ids, targets] = [idsOf(100, 7, 13, 1), idsOf(100, 7, 13, 2)];
    const [exact, rough] = both.map((model) => learnFrom(model, ids, targets));
    close(rough.crossEntropy, exact.crossEntropy, 1e-3);
    exact.gradients.forEach((gradient, index) => close(rough.gradients[index], gradient, 0.02, `${index}`));
    assert.notDeepEqual(rough.gradients[0].dataSync(), exact.gradients[0].dataSync());
    for (const model of both) model.dispose();
  });

  for (const choice of [
    { temperature: 0, topK: 0, topP: 1 },
    { temperature: 0.8, topK: 0, topP: 1 },
    { temperature: 1, topK: 5, topP: 0.7 },
  ])
    it(`write what reading and choosing one by one writes: ${JSON.stringify(choice)}`, async () => {
      const model = await modelOf(
        { neurons: 17, layers: 2, cutoffs: [5, 40], skipConnections: true },
        90,
        fused,
      );
      const draws = Array.from({ length: 40 }, random(5));
      const prompt = [1, 0, 77];
      const written = model.write(prompt, model.zeroState(1), { draws, ...choice })!;
      const expected: number[] = [];
      let [next, state] = [prompt, model.zeroState(1)];
      for (const drawn of draws) {
        const read = model.read(tf.tensor2d(next, [next.length, 1], "int32"), state);
        state = read.state;
        const scores = read.logits.slice([next.length - 1, 0], [1, 90]).dataSync() as Float32Array;
        next = [choose(scores, choice, drawn)];
        expected.push(next[0]);
      }
      assert.deepEqual(Array.from(written.ids), expected);
      close(written.state.layers[1].cell, state.layers[1].cell);
      model.dispose();
    });

  it("have no loss that is a number, and no hit, where a cluster has a weight that is none", async () => {
    const model = await modelOf({ neurons: 9, layers: 1, cutoffs: [5] }, 20, fused);
    const weight = variableOf(model, "tail_0/kernel");
    const broken = weight.dataSync().slice().fill(NaN, 3, 4);
    assignCopy(weight, tf.tensor(broken, weight.shape));
    const targets = tf.tensor2d([8, 2], [2, 1], "int32");
    const { crossEntropy, accuracy } = learnFrom(model, idsOf(20, 2, 1, 1), targets);
    assert.ok(Number.isNaN(crossEntropy.dataSync()[0]));
    assert.ok(accuracy.dataSync()[0] <= 0.5);
    model.dispose();
  });

  it("refuse clusters that do not fit, and say what was expected", async () => {
    const model = await modelOf({ neurons: 8, layers: 1, cutoffs: [5] }, 20, fused);
    const { weights } = model;
    const network: NetworkWeights = {
      layers: weights.layers,
      headKernel: weights.named("head/kernel")!,
      headBias: weights.named("head/bias")!,
      tails: weights.tails,
    };
    const ids = idsOf(20, 2, 1, 1);
    const [tail] = weights.tails;
    const refused = (changed: Partial<typeof tail>, message: RegExp) => {
      const given = { ...network, tails: [{ ...tail, ...changed }] };
      assert.throws(() => learn(given, ids, ids, model.zeroState(1).layers), message);
    };
    refused({ projection: tf.zeros([7, 2]) }, /Expected `projection` of shape \[8, any\], got \[7, 2\]/);
    refused({ kernel: tf.zeros([3, 15]) }, /Expected `tailKernel` of shape \[2, any\], got \[3, 15\]/);
    refused({ bias: tf.zeros([14]) }, /Expected `tailBias` of shape \[15\], got \[14\]/);
    const targets = tf.tensor2d([3, 20], [2, 1], "int32");
    assert.throws(
      () => learn(network, ids, targets, model.zeroState(1).layers),
      /`targets` from 0 to 19, got 20/,
    );
    model.dispose();
  });
});

/** Of so many words, its biases moved. */
async function modelOf(
  params: Partial<NetworkParams>,
  words: number,
  implementation: Implementation,
): Promise<Model> {
  const known = Array.from({ length: words - 1 }, (_, index) => ` w${index}`);
  const model = await Model.create({ ...adaptive, ...params }, Vocabulary.fromJSON({ words: known }), {
    implementation,
  });
  model.weights.variables.forEach((variable, index) =>
    assignCopy(variable, variable.add(tf.randomUniform(variable.shape, -0.3, 0.3, "float32", index + 1))),
  );
  return model;
}

function variableOf({ weights }: Model, name: string) {
  return weights.variables[weights.names.indexOf(name)];
}

function learnFrom(model: Model, ids: Tensor2D, targets: Tensor2D) {
  const learned = model.learn(ids, targets, model.zeroState(ids.shape[1]), 0);
  disposeState(learned.state);
  return learned;
}

/** Frequent words more often, as in a text. */
function idsOf(words: number, time: number, batch: number, seed: number): Tensor2D {
  const draw = random(seed);
  return characters(() => draw() ** 3, words, [time, batch]) as Tensor2D;
}
