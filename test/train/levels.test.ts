import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { generate, write } from "../../lib/generate/generate";
import { TextLibrary } from "../../lib/text/library";
import { trace } from "../../lib/trace/trace";
import { loadModel, resumeTraining } from "../../lib/train/saved/checkpoint";
import type { Params } from "../../lib/train/params";
import { Training } from "../../lib/train/training";
import { canValidate, validate } from "../../lib/train/validation/validate";
import { eventsOf, smallLibrary, smallParams, weightsOf } from "./small";

const quiet = { sampleEvery: 0 };

/** Trains a network of the small library for the tests of a suite, and leaves it in a folder; both are there when they run. */
function trainedHere(params: Partial<Params>): { training: Training; folder: string } {
  const trained = {} as ReturnType<typeof trainedHere>;
  before(async () => {
    trained.folder = await mkdtemp(path.join(tmpdir(), "palimpsest-"));
    const settings = { ...smallParams, neurons: 16, iterations: 150, learningRate: 0.03, ...params };
    trained.training = await Training.start(smallLibrary(), settings);
    await eventsOf(trained.training, { ...quiet, checkpoints: trained.folder });
  });
  after(async () => {
    trained.training.dispose();
    await rm(trained.folder, { recursive: true });
  });
  return trained;
}

describe("a network of words", () => {
  const trained = trainedHere({ level: "words" });

  it("learns, and writes words of its texts, which tracing finds there", async () => {
    const { model, library } = trained.training;
    const { crossEntropy, perCharacter } = await validate(model, library.validation);
    assert.ok(crossEntropy < Math.log(model.vocabulary.size) - 0.5, `${crossEntropy}`);
    assert.ok(perCharacter < crossEntropy / 3);
    const text = await write(model, { prompt: "the", length: 200, temperature: 0.5 });
    assert.ok(text.length <= 200 && text.length > 190, `${text.length}`);
    const words = new Set(library.texts.flatMap(({ content }) => content.split(/\W+/)));
    for (const word of text.split(/\W+/)) assert.ok(words.has(word), word);
    assert.ok(trace(text, library.training, { minLength: 10 }).passages.length > 0);
  });

  it("writes no second space behind a prompt that ends with one", async () => {
    const options = { length: 40, temperature: 0.5 };
    const [after, spaced] = [
      await write(trained.training.model, { ...options, prompt: "salt the" }),
      await write(trained.training.model, { ...options, prompt: "salt the " }),
    ];
    assert.match(after, /^ \w/);
    assert.ok(spaced.startsWith(after.slice(1)), JSON.stringify([after, spaced]));
  });

  it("is saved as one, and goes on as one", async () => {
    const { training, folder } = trained;
    const model = await loadModel(folder);
    assert.equal(model.vocabulary.level, "words");
    assert.equal(await write(model), await write(training.model));
    const resumed = await resumeTraining(folder, smallLibrary());
    assert.deepEqual(weightsOf(resumed), weightsOf(training));
    [model, resumed].forEach((each) => each.dispose());
    await assert.rejects(
      resumeTraining(folder, smallLibrary(), { level: "characters" }),
      /`level` is characters here and words there; the vocabulary here is one of characters, there of words/,
    );
  });

  it("reads what it does not know of a prompt, but has to know something", async () => {
    assert.match(await write(trained.training.model, { prompt: "the zebra", length: 10 }), /^.{5,10}$/s);
    await assert.rejects(
      generate(trained.training.model, { prompt: "zebras" }).next(),
      /Expected words in `prompt` that the model has read in its texts, got none in "zebras"/,
    );
  });
});

describe("a network of pieces of words", () => {
  const trained = trainedHere({ level: "subwords", maxSubwords: 12 });

  it("learns, in nats a character that tokens and characters tell, and writes what tracing finds in its texts", async () => {
    const { model, library } = trained.training;
    const { crossEntropy, perCharacter } = await validate(model, library.validation);
    assert.ok(crossEntropy < Math.log(model.vocabulary.size) - 0.5, `${crossEntropy}`);
    const held = library.validation.map(({ content }) => content);
    const tokens = held.reduce((sum, text) => sum + model.vocabulary.count(text), 0);
    assert.ok(tokens < 0.7 * held.join("").length);
    assert.ok(Math.abs(perCharacter - (crossEntropy * tokens) / held.join("").length) < 1e-6);
    const text = await write(model, { prompt: "the sal", length: 200, temperature: 0.5 });
    assert.ok(text.startsWith("t ") || text.startsWith("t."), text);
    assert.ok(trace(text, library.training, { minLength: 10 }).passages.length > 0);
  });

  it("is saved as one, and goes on as one", async () => {
    const { training, folder } = trained;
    const model = await loadModel(folder);
    assert.equal(model.vocabulary.level, "subwords");
    assert.equal(await write(model), await write(training.model));
    const resumed = await resumeTraining(folder, smallLibrary());
    assert.deepEqual(weightsOf(resumed), weightsOf(training));
    [model, resumed].forEach((each) => each.dispose());
    await assert.rejects(
      resumeTraining(folder, smallLibrary(), { maxSubwords: 13 }),
      /`maxSubwords` is 13 here and 12 there/,
    );
  });

  it("learns another text with the pieces that it knows and that text's new characters, and goes on with it", async () => {
    const { model } = trained.training;
    const library = TextLibrary.ofTexts([`${"A zebra is on the hill. ".repeat(40)}`], { validation: 0 });
    const tuned = await Training.start(library, { iterations: 3 }, { model });
    assert.deepEqual(tuned.model.vocabulary.tokens.slice(0, model.vocabulary.size), model.vocabulary.tokens);
    for (const token of tuned.model.vocabulary.tokens.slice(model.vocabulary.size))
      assert.equal([...token].length, 1);
    const place = await mkdtemp(path.join(tmpdir(), "palimpsest-"));
    await eventsOf(tuned, { ...quiet, checkpoints: place });
    const resumed = await resumeTraining(place, library, { iterations: 5 });
    assert.deepEqual(weightsOf(resumed), weightsOf(tuned));
    [tuned, resumed].forEach((each) => each.dispose());
    await rm(place, { recursive: true });
  });
});

describe("a network of short texts", () => {
  const contents = ["A frog.", "The old pond!", "Rain?"].flatMap((text) => Array<string>(20).fill(text));

  for (const batches of ["windows", "threads"] as const) {
    it(`begins and ends as they do, and shows no mark, when it has read them in ${batches}`, async () => {
      const library = TextLibrary.ofTexts(contents, { validation: 0.2 });
      const params = { neurons: 24, layers: 1, steps: 16, batchSize: 8, warmup: 5, learningRate: 0.03 };
      const training = await Training.start(library, { ...params, batches, iterations: 200 });
      assert.ok(canValidate(training.model, library.validation));
      await eventsOf(training, quiet);
      for (let seed = 1; seed <= 6; seed++) {
        const text = await write(training.model, { temperature: 0.3, seed });
        assert.ok(contents.includes(text), JSON.stringify(text));
      }
      assert.equal(await write(training.model, { prompt: "The", temperature: 0 }), " old pond!");
      training.dispose();
    });
  }
});
