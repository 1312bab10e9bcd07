import assert from "node:assert/strict";
import { reference } from "../../../lib/network/implementation";
import { sizeOf } from "../../../lib/network/budget";
import { saveKeras } from "../../../lib/network/keras/keras-file";
import { logProbabilities, tailsOf } from "../../../lib/network/layers/adaptive-softmax";
import { cutoffsOf } from "../../../lib/network/layers/cutoffs";
import { Model } from "../../../lib/network/model";
import { completeNetworkParams } from "../../../lib/network/params";
import { tf, type Tensor1D, type Tensor2D } from "../../../lib/network/tensorflow";
import { random } from "../../../lib/base/random";
import { Vocabulary } from "../../../lib/text/tokens/vocabulary";
import { uniform } from "../lstm/random-tensors";

const adaptive = { level: "words", softmax: "adaptive", cutoffs: [3, 6] } as const;
const vocabulary = Vocabulary.of(["abcdefgh"]);

describe("the adaptive softmax", () => {
  beforeEach(() => tf.engine().startScope());
  afterEach(() => tf.engine().endScope());

  it("gives each token its cluster's probability times its own within the cluster", () => {
    const draw = random(1);
    const read = uniform(draw, [2, 4], 1) as Tensor2D;
    const scores = uniform(draw, [2, 5], 1) as Tensor2D; // three tokens and two clusters
    const tails = [2, 3].map((tokens) => ({
      projection: uniform(draw, [4, 2], 1) as Tensor2D,
      kernel: uniform(draw, [2, tokens], 1) as Tensor2D,
      bias: uniform(draw, [tokens], 1) as Tensor1D,
    }));
    const chances = logProbabilities(read, scores, tails).exp().arraySync() as number[][];
    const ofHead = (scores.softmax() as Tensor2D).arraySync();
    const [first, second] = tails.map(({ projection, kernel, bias }) => {
      return (read.matMul(projection).matMul(kernel).add(bias).softmax() as Tensor2D).arraySync();
    });
    chances.forEach((row, index) => {
      const [a, b, c, nearer, rarer] = ofHead[index];
      const expected = [
        ...[a, b, c],
        ...first[index].map((chance) => nearer * chance),
        ...second[index].map((chance) => rarer * chance),
      ];
      row.forEach((chance, token) => assert.ok(Math.abs(chance - expected[token]) < 1e-6, `${token}`));
      assert.ok(Math.abs(row.reduce((sum, chance) => sum + chance, 0) - 1) < 1e-6);
    });
  });

  it("has clusters that begin where they are told to, each narrower than the one before", () => {
    assert.deepEqual(tailsOf(cutoffsOf(adaptive, 10), 10, 32), [
      { first: 3, tokens: 3, width: 8 },
      { first: 6, tokens: 4, width: 2 },
    ]);
    assert.deepEqual(cutoffsOf({ softmax: "adaptive", cutoffs: [] }, 10_000), [800, 4000]);
    assert.deepEqual(cutoffsOf({ softmax: "full", cutoffs: [] }, 10_000), []);
  });

  it("is counted in the size of a network, and shown in its summary", async () => {
    const model = await Model.create({ neurons: 16, layers: 1, ...adaptive }, vocabulary);
    assert.equal(model.size, sizeOf(model.params, vocabulary.size));
    const table = String(model.summary());
    assert.match(table, /^head \(Dense\) +\(batch, time, 5\) +85$/m);
    assert.match(table, /^tail_0 \(Cluster\) +\(batch, time, 3\) +79$/m);
    assert.match(table, /^tail_1 \(Cluster\) +\(batch, time, 3\) +22$/m);
    model.dispose();
  });

  it("keeps where its clusters begin when nobody has said it", async () => {
    const words = Vocabulary.fromJSON({ words: Array.from({ length: 2000 }, (_, index) => ` w${index}`) });
    const params = { neurons: 4, layers: 1, level: "words", softmax: "adaptive" } as const;
    const model = await Model.create(params, words, { implementation: reference });
    assert.deepEqual(model.params.cutoffs, [160, 800]);
    model.dispose();
  });

  it("is refused where it makes no sense, with the way out", async () => {
    const refused = async (params: object, message: RegExp) =>
      assert.rejects(Model.create({ neurons: 4, ...params }, vocabulary), message);
    await refused(
      { softmax: "adaptive" },
      /Expected `level` "words" with `softmax` "adaptive", got "characters": only/,
    );
    await refused(
      { level: "words", softmax: "adaptive" },
      /Expected `softmax` of "full" with fewer than 2000 words, got "adaptive" with 9: leave it out, or say by `cutoffs`/,
    );
    await refused({ ...adaptive, cutoffs: [3, 9] }, /Expected `cutoffs` below 9, which is how many words/);
    await refused({ ...adaptive, cutoffs: [3, 3] }, /Expected `cutoffs` to be a list of whole numbers/);
    await refused({ cutoffs: [3] }, /Expected `softmax` "adaptive" with `cutoffs`, got "full"/);
    assert.throws(
      () => completeNetworkParams({ ...adaptive, cutoffs: 3 as never }),
      /each larger than the one before, got 3$/,
    );
  });

  it("has no counterpart in Keras, which an export says", async () => {
    const model = await Model.create({ neurons: 4, layers: 1, ...adaptive }, vocabulary);
    await assert.rejects(
      async () => saveKeras(model, "nowhere.keras"),
      /doesn't carry over: `softmax` "adaptive" \(no layer/,
    );
    model.dispose();
  });
});
