import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { write } from "../../lib/generate/generate";
import { generateMany } from "../../lib/generate/many";
import { Writer } from "../../lib/generate/writer";
import type { Params } from "../../lib/train/params";
import { tf } from "../../lib/network/tensorflow";
import { TextLibrary } from "../../lib/text/library";
import { shortTexts } from "../../lib/text/tables/short-texts";
import { loadModel, resumeTraining } from "../../lib/train/saved/checkpoint";
import { train } from "../../lib/train/train";
import { Training } from "../../lib/train/training";
import { validate } from "../../lib/train/validation/validate";
import { eventsOf, smallParams, weightsOf } from "./small";

const voices: Readonly<Record<string, string>> = {
  Rill: "the sea is wide and salt",
  Crag: "the old goat has a home",
};
const names = Object.keys(voices);

/** Poems of two poets who both begin with "the ". */
function poems(validation = 0): TextLibrary {
  const given = Array.from({ length: 40 }, (_, index) => {
    const author = names[index % 2];
    return { content: voices[author], labels: { author, number: String(index % 3) } };
  });
  return new TextLibrary(shortTexts({ texts: given, notices: [] }, { title: "Poems", source: "string" }), {
    validation,
  });
}

const params: Partial<Params> = {
  ...smallParams,
  neurons: 24,
  steps: 16,
  batchSize: 16,
  iterations: 250,
  labels: ["author"],
};

describe("training with labels", () => {
  for (const more of [{}, { attention: true, embedding: 8, skipEmbedding: true }] as const)
    it(`teaches the same prompt in two voices: ${JSON.stringify(more)}`, async () => {
      const training = await Training.start(poems(), { ...params, ...more });
      await eventsOf(training, { sampleEvery: 0, validateEvery: 0 });
      const { model } = training;
      const options = { prompt: "the ", temperature: 0, length: 40 };
      for (const author of names) {
        const text = await write(model, { ...options, labels: { author } });
        assert.equal(`the ${text}`, voices[author]);
      }
      // Without a label it has learned both.
      const begins = new Set<string>();
      for await (const { text } of generateMany(model, { n: 20, prompt: "the ", length: 1, temperature: 1 }))
        begins.add(text);
      assert.ok(begins.has("s") && begins.has("o"), [...begins].join());
      training.dispose();
    });

  it("is told the labels of what is held out, and predicts it better for that", async () => {
    const library = poems(0.2);
    const training = await Training.start(library, params);
    await eventsOf(training, { sampleEvery: 0, validateEvery: 0 });
    const { crossEntropy } = await validate(training.model, library.validation);
    const without = library.validation.map((part) => ({ ...part, author: "", labels: {} }));
    const { crossEntropy: untold } = await validate(training.model, without);
    assert.ok(crossEntropy < untold - 0.005, `${crossEntropy}, and ${untold} untold`);
    training.dispose();
  });

  it("goes on from a checkpoint bit by bit, in windows and in threads, and leaves no tensor behind", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "palimpsest-"));
    const before = tf.memory().numTensors;
    for (const batches of ["windows", "threads"] as const) {
      const some = { ...params, batches, batchSize: 4, iterations: 12, labels: ["author", "number"] };
      const through = await Training.start(poems(), some);
      await eventsOf(through, { sampleEvery: 0 });
      const run = path.join(folder, batches);
      const stopped = await Training.start(poems(), { ...some, schedule: "cosine" });
      const controller = new AbortController();
      for await (const event of train(stopped, {
        logEvery: 1,
        sampleEvery: 0,
        checkpoints: run,
        signal: controller.signal,
      }))
        if (event.iteration === 7) controller.abort();
      const resumed = await resumeTraining(run, poems());
      assert.equal(resumed.position.iteration, 7);
      await eventsOf(resumed, { sampleEvery: 0, checkpoints: run });
      assert.deepEqual(weightsOf(resumed), weightsOf(through));
      const model = await loadModel(run);
      const options = { length: 30, labels: { author: "Crag" } };
      assert.equal(await write(model, options), await write(resumed.model, options));
      await assert.rejects(
        write(model, { labels: { author: "Basho" } }),
        /one of "Crag", "Rill", got "Basho"/,
      );
      [through, stopped, resumed, model].forEach((each) => each.dispose());
    }
    assert.equal(tf.memory().numTensors, before);
    await rm(folder, { recursive: true });
  });

  it("refuses labels that no text has, and a checkpoint with other values", async () => {
    await assert.rejects(
      Training.start(poems(), { ...params, labels: ["poet"] }),
      /label `poet`, got none; they have title, author, number/,
    );
    const folder = await mkdtemp(path.join(tmpdir(), "palimpsest-"));
    const training = await Training.start(poems(), { ...params, iterations: 1 });
    await eventsOf(training, { sampleEvery: 0, checkpoints: folder });
    const renamed = new TextLibrary(
      poems().texts.map((text) => ({ ...text, labels: { author: "Nobody" } })),
      { validation: 0 },
    );
    await assert.rejects(
      resumeTraining(folder, renamed),
      /labels are author \("Nobody"\) here and author \("Crag", "Rill"\) there/,
    );
    training.dispose();
    await rm(folder, { recursive: true });
  });
});

describe("a writer with labels", () => {
  it("keeps them when it begins anew and when it is copied", async () => {
    const training = await Training.start(poems(), { ...params, iterations: 60 });
    await eventsOf(training, { sampleEvery: 0 });
    const writer = new Writer(training.model, { author: "Crag" });
    const choice = { temperature: 0, topK: 0, topP: 1 };
    const draws = new Array<number>(12).fill(0);
    const copy = writer.copy();
    const written = writer.write(draws, choice);
    writer.reset();
    assert.equal(writer.write(draws, choice), written);
    assert.equal(copy.write(draws, choice), written);
    copy.reset();
    assert.equal(copy.write(draws, choice), written);
    [writer, copy, training].forEach((each) => each.dispose());
  });
});
