import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { write } from "../../../lib/generate/generate";
import { implementations, reference, type Implementation } from "../../../lib/network/implementation";
import { Model } from "../../../lib/network/model";
import { completeParams, type Params } from "../../../lib/train/params";
import { sensitivity } from "../../../lib/network/inside/sensitivity";
import { disposeState } from "../../../lib/network/state";
import { assignCopy, tf, type Tensor2D } from "../../../lib/network/tensorflow";
import { TextLibrary } from "../../../lib/text/library";
import { Labels } from "../../../lib/text/labels";
import { random } from "../../../lib/base/random";
import { Vocabulary } from "../../../lib/text/tokens/vocabulary";
import { loadModel, resumeTraining } from "../../../lib/train/saved/checkpoint";
import { Training } from "../../../lib/train/training";
import { eventsOf, smallLibrary, smallParams, weightsOf } from "../../train/small";
import { close } from "../close";

const vocabulary = Vocabulary.of(["abcde \n"]);
const labels = Labels.fromJSON([{ name: "author", values: ["Bashō", "Issa"] }]);
const steps = 4;
const options: Partial<Params>[] = [
  {},
  { skipConnections: true },
  { embedding: 3, skipEmbedding: true, attention: true },
  { labels: ["author"] },
];

function modelOf(params: Partial<Params>, implementation?: Implementation): Promise<Model> {
  const known = params.labels ? labels : Labels.none;
  return Model.create({ neurons: 3, steps, bidirectional: true, ...params }, vocabulary, {
    implementation,
    labels: known,
  });
}

/** Random tokens, none of them unknown: int32, [time, batch]. */
function idsOf(time: number, batch: number, seed: number): Tensor2D {
  const draw = random(seed);
  const ids = Int32Array.from({ length: time * batch }, () => 1 + Math.floor(draw() * (vocabulary.size - 1)));
  return tf.tensor2d(ids, [time, batch], "int32");
}

/** Moves all weights a little, those that begin with zero as well. */
function moved(model: Model): void {
  model.weights.variables.forEach((variable, index) =>
    assignCopy(variable, variable.add(tf.randomUniform(variable.shape, -0.3, 0.3, "float32", index + 1))),
  );
}

describe("a bidirectional network", () => {
  beforeEach(() => tf.engine().startScope());
  afterEach(() => tf.engine().endScope());

  for (const params of options) {
    it(`has the gradients that numeric ones say: ${JSON.stringify(params)}`, async () => {
      const model = await modelOf(params, reference);
      moved(model);
      const [ids, targets] = [idsOf(steps, 2, 1), idsOf(steps, 2, 2)];
      const told = params.labels && { labels: tf.tensor2d([2, 0], [1, 2], "int32") };
      const step = () => model.learn(ids, targets, model.zeroState(2), 0, told);
      const gradients = step().gradients.map((gradient) => gradient.dataSync());
      const { names } = model.weights;
      model.weights.variables.forEach((variable, index) => {
        const values = variable.dataSync().slice();
        const at = values.length >> 1;
        const lossAt = (by: number) => {
          const nudged = values.slice();
          nudged[at] += by;
          assignCopy(variable, tf.tensor(nudged, variable.shape));
          return tf.tidy(() => step().crossEntropy).dataSync()[0];
        };
        const numeric = (lossAt(1e-2) - lossAt(-1e-2)) / 2e-2;
        assignCopy(variable, tf.tensor(values, variable.shape));
        const told = `${names[index]} at ${at}: ${gradients[index][at]}, not ${numeric}`;
        assert.ok(Math.abs(numeric - gradients[index][at]) < 2e-3, told);
      });
      model.dispose();
    });

    it(`predicts by the last tokens alone, in pieces as in one: ${JSON.stringify(params)}`, async () => {
      const model = await modelOf(params);
      moved(model);
      const ids = idsOf(9, 2, 1);
      const whole = model.read(ids, model.firstState(2));
      const first = model.read(ids.slice([0, 0], [5, 2]), model.firstState(2));
      const second = model.read(ids.slice([5, 0], [4, 2]), first.state);
      close(tf.concat([first.logits, second.logits]), whole.logits);
      const window = model.read(ids.slice([9 - steps, 0], [steps, 2]), model.firstState(2));
      close(window.logits.slice([2 * (steps - 1), 0]), whole.logits.slice([16, 0]));
      const after = second.state;
      close(
        after.window!,
        ids
          .slice([10 - steps, 0])
          .transpose()
          .cast("float32"),
        0,
      );
      model.dispose();
    });

    it(`listens to the first token of its window, both ways: ${JSON.stringify(params)}`, async () => {
      const model = await modelOf(params);
      const ids = idsOf(steps, 1, 1);
      const [first, ...rest] = ids.dataSync();
      const other = tf.tensor2d([1 + (first % (vocabulary.size - 1)), ...rest], [steps, 1], "int32");
      const scores = [ids, other].map((read) =>
        model.read(read, model.firstState(1)).logits.slice([steps - 1, 0]),
      );
      assert.ok(scores[0].sub(scores[1]).abs().max().dataSync()[0] > 1e-4);
      model.dispose();
    });

    for (const implementation of implementations.filter((one) => one !== reference && one.problem() === ""))
      it(`learns as the reference, ${implementation.name}: ${JSON.stringify(params)}`, async () => {
        const [ours, theirs] = [await modelOf(params, implementation), await modelOf(params, reference)];
        const told = params.labels && { labels: tf.tensor2d([2, 0], [1, 2], "int32") };
        const [here, there] = [ours, theirs].map((model) =>
          model.learn(idsOf(steps, 2, 1), idsOf(steps, 2, 2), model.zeroState(2), 0, told),
        );
        close(here.crossEntropy, there.crossEntropy);
        const expected = theirs.weights.toKeras(there.gradients);
        const gradients = ours.weights.toKeras(here.gradients);
        gradients.forEach((gradient, name) => close(gradient, expected.get(name)!, 1e-4, name));
        [ours, theirs].forEach((model) => model.dispose());
      });
  }

  it("has weights for both ways, and writes the same from the same seed", async () => {
    const model = await modelOf({ layers: 1 });
    const shapes = Array.from(model.weights, ([name, { shape }]) => `${name} ${shape.join(" x ")}`);
    assert.deepEqual(shapes, [
      "lstm_0/kernel 8 x 12",
      "lstm_0/recurrent_kernel 3 x 12",
      "lstm_0/bias 12",
      "backward_lstm_0/kernel 8 x 12",
      "backward_lstm_0/recurrent_kernel 3 x 12",
      "backward_lstm_0/bias 12",
      "head/kernel 6 x 8",
      "head/bias 8",
    ]);
    assert.equal(await write(model, { length: 12 }), await write(model, { length: 12 }));
    model.dispose();
  });

  it("is for windows, learned in all its layers", () => {
    const message = (params: Partial<Params>) => () => completeParams({ bidirectional: true, ...params });
    assert.throws(message({ batches: "threads" }), /`batches` "windows" with `bidirectional`, got "threads"/);
    assert.throws(message({ steps: 1 }), /`steps` >= 2 with `bidirectional`, got 1/);
    assert.throws(message({ frozenLayers: 1 }), /`frozenLayers` of 0 with `bidirectional`, got 1/);
  });

  it("has no memory whose sensitivity could be told", async () => {
    const model = await modelOf({});
    assert.throws(() => sensitivity(model, "abc"), /got a bidirectional one, which reads each window anew/);
    model.dispose();
  });

  it("does not leave a state behind", async () => {
    const model = await modelOf({ attention: true, embedding: 3 });
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      const zero = model.firstState(2);
      disposeState(model.read(idsOf(3, 2, 1), zero).state);
      const { state, accuracy } = model.learn(idsOf(steps, 2, 1), idsOf(steps, 2, 2), zero, 0);
      disposeState(state);
      accuracy.dispose();
    });
    assert.equal(tf.memory().numTensors, before);
    model.dispose();
  });
});

describe("training a bidirectional network", () => {
  it("teaches it a sentence, which it writes after a word of it", async () => {
    const sentence = "the sea is wide and the goat is old.\n";
    const text = { title: "S", author: "", source: "string", content: sentence.repeat(40), weight: 1 };
    const library = new TextLibrary([text], { validation: 0 });
    const params = {
      ...smallParams,
      bidirectional: true,
      neurons: 16,
      layers: 1,
      batchSize: 32,
      iterations: 400,
    };
    const training = await Training.start(library, params);
    await eventsOf(training, { sampleEvery: 0 });
    const written = await write(training.model, { prompt: "the sea is ", temperature: 0, length: 26 });
    assert.equal(written, sentence.slice(11));
    training.dispose();
  });

  it("goes on from a checkpoint bit by bit, dropout and all", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "palimpsest-"));
    const params = { ...smallParams, bidirectional: true, dropout: 0.1, iterations: 10 };
    const through = await Training.start(smallLibrary(), { ...params, schedule: "constant" });
    await eventsOf(through, { sampleEvery: 0 });
    const stopped = await Training.start(smallLibrary(), { ...params, schedule: "constant", iterations: 4 });
    await eventsOf(stopped, { sampleEvery: 0, checkpoints: folder });
    const resumed = await resumeTraining(folder, smallLibrary(), { iterations: 10 });
    await eventsOf(resumed, { sampleEvery: 0, checkpoints: folder });
    assert.deepEqual(weightsOf(resumed), weightsOf(through));
    const model = await loadModel(folder);
    assert.equal(await write(model, { length: 9 }), await write(resumed.model, { length: 9 }));
    [through, stopped, resumed, model].forEach((each) => each.dispose());
    await rm(folder, { recursive: true });
  });
});
