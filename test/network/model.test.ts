import assert from "node:assert/strict";
import { reference } from "../../lib/network/implementation";
import { Model } from "../../lib/network/model";
import type { Params } from "../../lib/train/params";
import { disposeState, type State } from "../../lib/network/state";
import { assignCopy, tf, type Scalar, type Tensor2D } from "../../lib/network/tensorflow";
import { random } from "../../lib/base/random";
import { Vocabulary } from "../../lib/text/tokens/vocabulary";
import { close } from "./close";

const vocabulary = Vocabulary.of(["abcde \n"]);
const options: Partial<Params>[] = [
  { embedding: 4 },
  { embedding: 4, skipConnections: true },
  { embedding: 4, skipEmbedding: true },
  { attention: true, steps: 4 },
  { embedding: 4, skipEmbedding: true, attention: true, steps: 4 },
  { level: "words", softmax: "adaptive", cutoffs: [5] },
  { level: "words", softmax: "adaptive", cutoffs: [3, 6], embedding: 4, attention: true, steps: 4 },
];

describe("a network", () => {
  beforeEach(() => tf.engine().startScope());
  afterEach(() => tf.engine().endScope());

  for (const params of options) {
    it(`has the gradients that numeric ones say: ${JSON.stringify(params)}`, async () => {
      const model = await Model.create({ neurons: 3, layers: 2, ...params }, vocabulary, {
        implementation: reference,
      });
      moved(model);
      const [ids, targets] = [idsOf(3, 2, 1), idsOf(3, 2, 2)];
      const state = model.read(idsOf(2, 2, 3), model.zeroState(2)).state;
      const { gradients } = model.learn(ids, targets, state, 0);
      const lossOf = () =>
        tf.tidy(() => {
          const { logits, state: after } = model.read(ids, state);
          disposeState(after);
          const { crossEntropy, accuracy } = model.implementation.loss(logits, targets.flatten());
          accuracy.dispose();
          return (crossEntropy as Scalar).dataSync()[0];
        });
      const step = 1e-2;
      model.weights.variables.forEach((variable, index) => {
        const values = variable.dataSync().slice();
        const gradient = gradients[index].dataSync();
        for (const at of new Set([0, values.length >> 1, values.length - 1])) {
          const lossAt = (by: number) => {
            const nudged = values.slice();
            nudged[at] += by;
            assignCopy(variable, tf.tensor(nudged, variable.shape));
            return lossOf();
          };
          const numeric = (lossAt(step) - lossAt(-step)) / (2 * step);
          lossAt(0);
          assert.ok(
            Math.abs(numeric - gradient[at]) < 2e-3,
            `variable ${index} at ${at}: ${gradient[at]} and by numbers ${numeric}`,
          );
        }
      });
      model.dispose();
    });

    it(`reads a text in pieces as in one: ${JSON.stringify(params)}`, async () => {
      const model = await Model.create({ neurons: 5, layers: 2, ...params }, vocabulary);
      moved(model);
      const ids = idsOf(9, 2, 1);
      const whole = model.read(ids, model.zeroState(2));
      let state: State = model.zeroState(2);
      const pieces = [2, 1, 6].map((length, index) => {
        const from = [0, 2, 3][index];
        const read = model.read(ids.slice([from, 0], [length, 2]), state);
        state = read.state;
        return read.logits;
      });
      close(tf.concat(pieces), whole.logits, 1e-5);
      model.dispose();
    });
  }

  it("attends to the last `steps` tokens and nothing after them, each position by weights that sum up to 1", async () => {
    const model = await Model.create({ neurons: 5, attention: true, steps: 4 }, vocabulary);
    moved(model);
    const before = model.read(idsOf(2, 1, 1), model.zeroState(1)).state;
    const weights = model.attentionWeights(idsOf(5, 1, 2), before).arraySync()[0]; // [5][2 + 5]
    const seen = [
      [1, 1, 1, 0, 0, 0, 0],
      [1, 1, 1, 1, 0, 0, 0],
      [0, 1, 1, 1, 1, 0, 0],
      [0, 0, 1, 1, 1, 1, 0],
      [0, 0, 0, 1, 1, 1, 1],
    ];
    assert.deepEqual(
      weights.map((row) => row.map((weight) => (weight > 0 ? 1 : 0))),
      seen,
    );
    for (const row of weights) assert.ok(Math.abs(row.reduce((sum, weight) => sum + weight, 0) - 1) < 1e-5);
    model.dispose();
  });

  it("without attention has no weights of it to show", async () => {
    const model = await Model.create({ neurons: 3 }, vocabulary);
    assert.throws(() => model.attentionWeights(idsOf(2, 1, 1), model.zeroState(1)), /attention: true/);
    model.dispose();
  });

  it("has weights by names that say what is around the layers", async () => {
    const params = { neurons: 3, layers: 1, embedding: 4, skipEmbedding: true, attention: true };
    const model = await Model.create(params, vocabulary);
    const shapes = Array.from(model.weights, ([name, { shape }]) => `${name} ${shape.join(" x ")}`);
    assert.deepEqual(shapes, [
      "lstm_0/kernel 4 x 12",
      "lstm_0/recurrent_kernel 3 x 12",
      "lstm_0/bias 12",
      "embedding/embeddings 8 x 4",
      "attention/kernel 7 x 1",
      "head/kernel 14 x 8",
      "head/bias 8",
    ]);
    model.dispose();
  });
});

/** Moves all weights a little, those that begin with zero as well. */
function moved(model: Model): void {
  model.weights.variables.forEach((variable, index) =>
    assignCopy(variable, variable.add(tf.randomUniform(variable.shape, -0.3, 0.3, "float32", index + 1))),
  );
}

/** Random tokens: int32, [time, batch]. */
function idsOf(time: number, batch: number, seed: number): Tensor2D {
  const draw = random(seed);
  const ids = Int32Array.from({ length: time * batch }, () => Math.floor(draw() * vocabulary.size));
  return tf.tensor2d(ids, [time, batch], "int32");
}
