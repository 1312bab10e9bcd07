import assert from "node:assert/strict";
import { implementations, reference, type Implementation } from "../../../lib/network/implementation";
import type { Condition } from "../../../lib/network/layers/conditioning";
import { Model } from "../../../lib/network/model";
import type { Params } from "../../../lib/train/params";
import { disposeState } from "../../../lib/network/state";
import { assignCopy, tf, type Tensor2D } from "../../../lib/network/tensorflow";
import { Labels } from "../../../lib/text/labels";
import { random } from "../../../lib/base/random";
import { Vocabulary } from "../../../lib/text/tokens/vocabulary";
import { close } from "../close";

const vocabulary = Vocabulary.of(["abcde \n"]);
const labels = Labels.fromJSON([
  { name: "author", values: ["Bashō", "Issa"] },
  { name: "year", values: ["1686", "1812", "1820"] },
]);
const named: Partial<Params> = { labels: ["author", "year"] };

function modelOf(params: Partial<Params> = {}, implementation?: Implementation): Promise<Model> {
  return Model.create({ neurons: 4, layers: 2, ...named, ...params }, vocabulary, { implementation, labels });
}

/** Random tokens: int32, [time, batch]. */
function idsOf(time: number, batch: number, seed: number): Tensor2D {
  const draw = random(seed);
  const ids = Int32Array.from({ length: time * batch }, () => Math.floor(draw() * vocabulary.size));
  return tf.tensor2d(ids, [time, batch], "int32");
}

/** Three rows of which the second goes on from where it was. */
function condition(): Condition {
  return {
    labels: tf.tensor2d([1, 2, 0, 3, 1, 0], [2, 3], "int32"),
    starts: tf.tensor2d([1, 0, 1], [3, 1]),
  };
}

/** A state that is zero in the rows that begin. */
function carried(model: Model) {
  const { layers } = model.zeroState(3);
  return {
    ...model.zeroState(3),
    layers: layers.map(({ hidden, cell }, layer) => ({
      hidden: hidden.add<Tensor2D>(tf.tensor2d([0, 0.3 + layer, 0], [3, 1])),
      cell: cell.add<Tensor2D>(tf.tensor2d([0, -0.4, 0], [3, 1])),
    })),
  };
}

describe("a network with labels", () => {
  beforeEach(() => tf.engine().startScope());
  afterEach(() => tf.engine().endScope());

  it("has weights for each value of each label and for any, and for the states that they make", async () => {
    const model = await modelOf();
    const shapes = Array.from(model.weights, ([name, { shape }]) => `${name} ${shape.join(" x ")}`);
    assert.deepEqual(shapes.slice(-4), [
      "labels/author/embeddings 3 x 16",
      "labels/year/embeddings 4 x 16",
      "labels/kernel 32 x 16",
      "labels/bias 16",
    ]);
    model.dispose();
  });

  it("begins with other states for other labels, with the same for the same, and leaves rows that go on alone", async () => {
    const model = await modelOf();
    const state = carried(model);
    const { layers } = model.condition(state, condition());
    layers.forEach((layer, index) => {
      for (const kind of ["hidden", "cell"] as const) {
        const [issa, other, any] = layer[kind].unstack();
        close(other, state.layers[index][kind].unstack()[1], 0);
        close(issa, model.firstState(1, { author: "Bashō", year: "1820" }).layers[index][kind].flatten());
        close(any, model.firstState(1).layers[index][kind].flatten());
        assert.ok(issa.sub(any).abs().max().dataSync()[0] > 0.01);
      }
    });
    model.dispose();
  });

  for (const params of [{}, { batches: "threads", attention: true, embedding: 3, steps: 4 }] as const) {
    it(`has the gradients that numeric ones say: ${JSON.stringify(params)}`, async () => {
      const model = await modelOf(params, reference);
      const [ids, targets] = [idsOf(3, 3, 1), idsOf(3, 3, 2)];
      const state = carried(model);
      const gradients = model.weights.toKeras(model.learn(ids, targets, state, 0, condition()).gradients);
      const lossOf = () =>
        tf.tidy(() => {
          const { logits, state: after } = model.read(ids, model.condition(state, condition()));
          disposeState(after);
          const { crossEntropy, accuracy } = model.implementation.loss(logits, targets.flatten());
          accuracy.dispose();
          return crossEntropy.dataSync()[0];
        });
      const variables = model.weights.names.map((name, index) => ({
        name,
        variable: model.weights.variables[index],
      }));
      for (const { name, variable } of variables.filter(({ name }) => name.startsWith("labels/"))) {
        const values = variable.dataSync().slice();
        const gradient = gradients.get(name)!.dataSync();
        assert.ok(
          gradient.some((value) => Math.abs(value) > 1e-4),
          name,
        );
        for (let at = 0; at < values.length; at += 5) {
          const lossAt = (by: number) => {
            const nudged = values.slice();
            nudged[at] += by;
            assignCopy(variable, tf.tensor(nudged, variable.shape));
            return lossOf();
          };
          const numeric = (lossAt(2e-2) - lossAt(-2e-2)) / 4e-2;
          lossAt(0);
          assert.ok(
            Math.abs(numeric - gradient[at]) < 1e-3,
            `${name} at ${at}: ${gradient[at]}, not ${numeric}`,
          );
        }
      }
      model.dispose();
    });
  }

  for (const implementation of implementations.filter((one) => one !== reference && one.problem() === ""))
    it(`learns as the reference: ${implementation.name}`, async () => {
      const [ours, theirs] = [await modelOf({}, implementation), await modelOf({}, reference)];
      const [here, there] = [ours, theirs].map((model) =>
        model.learn(idsOf(5, 3, 1), idsOf(5, 3, 2), carried(model), 0, condition()),
      );
      close(here.crossEntropy, there.crossEntropy);
      const expected = theirs.weights.toKeras(there.gradients);
      ours.weights
        .toKeras(here.gradients)
        .forEach((gradient, name) => close(gradient, expected.get(name)!, 1e-4, name));
      [ours, theirs].forEach((model) => model.dispose());
    });

  it("says which labels it knows, and what it needs to be made", async () => {
    const model = await modelOf();
    assert.throws(() => model.firstState(1, { author: "Buson" }), /one of "Bashō", "Issa", got "Buson"/);
    assert.throws(() => model.firstState(1, { place: "Edo" }), /the network knows author, year/);
    model.dispose();
    await assert.rejects(
      Model.create(named, vocabulary),
      /Expected the values of the labels author,year, got those of none/,
    );
    const plain = await Model.create({ neurons: 3 }, vocabulary);
    assert.throws(() => plain.firstState(1, { author: "Issa" }), /the network knows none/);
    plain.dispose();
  });
});
