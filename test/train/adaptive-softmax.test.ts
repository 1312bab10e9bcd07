/** Trainings whose words are scored in clusters: what is true of all trainings is true of them. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { choose } from "../../lib/generate/choose";
import { write } from "../../lib/generate/generate";
import { Writer } from "../../lib/generate/writer";
import { implementations } from "../../lib/network/implementation";
import { loadModel, resumeTraining } from "../../lib/train/saved/checkpoint";
import { readModel, saveModel } from "../../lib/train/saved/model-file";
import { TextLibrary } from "../../lib/text/library";
import { train } from "../../lib/train/train";
import { Training } from "../../lib/train/training";
import { validate } from "../../lib/train/validation/validate";
import { digestOf, eventsOf, lossesOf, smallLibrary, smallParams } from "./small";

const params = {
  ...smallParams,
  level: "words",
  softmax: "adaptive",
  cutoffs: [5, 9],
  learningRate: 0.03,
} as const;
const quiet = { sampleEvery: 0 };

describe("a training with an adaptive softmax", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "palimpsest-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  for (const implementation of implementations.filter(({ problem }) => problem() === ""))
    it(`learns, and its probabilities are those of all words: ${implementation.name}`, async () => {
      const training = await Training.start(
        smallLibrary(),
        { ...params, layers: 1, steps: 4, iterations: 20 },
        { implementation },
      );
      const { model, library } = training;
      const before = await validate(model, library.validation);
      await eventsOf(training, quiet);
      const after = await validate(model, library.validation);
      assert.ok(
        after.crossEntropy < before.crossEntropy - 0.3,
        `${before.crossEntropy} ${after.crossEntropy}`,
      );
      const writer = new Writer(model);
      writer.read("the sail");
      const scores = writer.scores();
      const sum = scores.reduce((total, score) => total + Math.exp(score), 0);
      assert.ok(Math.abs(sum - 1) < 1e-5, `${sum}`);
      writer.dispose();
      training.dispose();
    });

  it("goes on with the numbers of one that was never stopped, with dropout and in bfloat16", async () => {
    for (const extra of [
      { dropout: 0.1, embedding: 6 },
      { precision: "bf16", batches: "threads" },
    ] as const) {
      const through = await Training.start(smallLibrary(), { ...params, ...extra });
      await eventsOf(through, quiet);
      const run = path.join(folder, Object.keys(extra)[0]);
      const stopped = await Training.start(smallLibrary(), { ...params, ...extra });
      const controller = new AbortController();
      for await (const { iteration } of train(stopped, {
        logEvery: 1,
        checkpoints: run,
        signal: controller.signal,
        ...quiet,
      }))
        if (iteration === 13) controller.abort();
      const resumed = await resumeTraining(run, smallLibrary());
      assert.equal(resumed.position.iteration, 13);
      await eventsOf(resumed, quiet);
      assert.equal(digestOf(resumed), digestOf(through));
      [through, stopped, resumed].forEach((each) => each.dispose());
    }
  });

  it("leaves a network that is saved and loaded with its clusters", async () => {
    const training = await Training.start(smallLibrary(), params);
    const run = path.join(folder, "run");
    await eventsOf(training, { ...quiet, checkpoints: run });
    const file = path.join(folder, "poet.palimpsest");
    await saveModel(training.model, file);
    const loaded = [await loadModel(run), (await readModel(file)).model];
    const text = await write(training.model, { seed: 3, length: 80 });
    for (const model of loaded) {
      assert.deepEqual(model.params.cutoffs, [5, 9]);
      assert.equal(await write(model, { seed: 3, length: 80 }), text);
      model.dispose();
    }
    await assert.rejects(
      loadModel(run, { params: { softmax: "full", cutoffs: [] } }),
      /`softmax` is full here and adaptive there; `cutoffs` is none here and 5, 9 there/,
    );
    training.dispose();
  });

  it("writes in one call what it writes word by word", async () => {
    const training = await Training.start(smallLibrary(), params);
    await eventsOf(training, quiet);
    const { model } = training;
    const [at, choice] = [new Writer(model), { temperature: 0.9, topK: 6, topP: 0.95 }];
    at.read("the goat");
    const draws = Array.from({ length: 20 }, (_, index) => (0.37 * (index + 1)) % 1);
    const expected = draws.map((drawn) => {
      const id = choose(at.scores(), choice, drawn);
      at.take(id);
      return model.vocabulary.tokens[id];
    });
    const once = new Writer(model);
    once.read("the goat");
    assert.equal(once.write(draws, choice), expected.join(""));
    [at, once].forEach((writer) => writer.dispose());
    training.dispose();
  });

  it("learns with labels, attention and skip connections too", async () => {
    const { texts } = smallLibrary();
    const labelled = new TextLibrary(texts, { validation: 0.1 });
    for (const extra of [{ labels: ["title"] }, { attention: true, embedding: 6, skipConnections: true }]) {
      const training = await Training.start(labelled, { ...params, ...extra, iterations: 40 });
      const losses = await lossesOf(training);
      assert.ok(losses[losses.length - 1] < losses[0] - 0.3, `${JSON.stringify(extra)}: ${losses}`);
      training.dispose();
    }
  });

  it("is what thousands of words begin with, unless told otherwise", async () => {
    const words = Array.from({ length: 12_000 }, (_, index) => `w${index % 6000}`).join(" ");
    const library = new TextLibrary([
      { title: "Words", author: "", source: "string", content: words, weight: 1 },
    ]);
    const given = { ...smallParams, neurons: 4, layers: 1, level: "words" } as const;
    const softmaxOf = async (params: object, options?: Parameters<typeof Training.start>[2]) => {
      const training = await Training.start(library, { ...given, ...params }, options);
      const { softmax, cutoffs } = training.model.params;
      training.dispose();
      return [softmax, ...cutoffs];
    };
    assert.deepEqual(await softmaxOf({}), ["adaptive", 480, 2401]);
    assert.deepEqual(await softmaxOf({ softmax: "full" }), ["full"]);
    assert.deepEqual(await softmaxOf({ maxWords: 4000 }), ["full"]);
    const full = await Training.start(library, { ...given, softmax: "full" });
    assert.deepEqual(await softmaxOf({}, { model: full.model }), ["full"]);
    full.dispose();
  });
});
