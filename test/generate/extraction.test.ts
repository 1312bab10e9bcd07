import assert from "node:assert/strict";
import { extraction } from "../../lib/generate/extraction";
import { Model } from "../../lib/network/model";
import { TextLibrary } from "../../lib/text/library";
import type { Progress } from "../../lib/base/progress";
import { Vocabulary } from "../../lib/text/tokens/vocabulary";
import { Training } from "../../lib/train/training";
import { eventsOf } from "../train/small";
import { textOf } from "../trace/texts";

const sentence = "the goat sails on the high sea. ";
const library = new TextLibrary([textOf(sentence.repeat(30))], { validation: 0 });

describe("extraction(model, texts)", () => {
  let training: Training;
  let fresh: Model;

  before(async () => {
    training = await Training.start(library, {
      ...{ neurons: 24, layers: 1, steps: 32, batchSize: 8 },
      ...{ iterations: 150, learningRate: 0.02, warmup: 0 },
    });
    await eventsOf(training, { sampleEvery: 0 });
    fresh = await Model.create({ neurons: 24, layers: 1 }, library.vocabulary);
  });

  after(() => {
    training.dispose();
    fresh.dispose();
  });

  it("finds that a network goes on with the sentence that it has learned by heart, and a fresh one does not", async () => {
    const options = { promptLength: 16, length: 60, prompts: 20 };
    const learned = await extraction(training.model, library.training, options);
    assert.deepEqual(
      [learned.median, learned.mean, learned.longest, learned.atLeast20, learned.atLeast50],
      [60, 60, 60, 1, 1],
    );
    const nothing = await extraction(fresh, library.training, options);
    assert.ok(nothing.longest < 10 && nothing.median < 3, `${nothing.median}, at most ${nothing.longest}`);
    assert.deepEqual([nothing.atLeast20, nothing.atLeast50], [0, 0]);
  });

  it("counts up to the first character that differs", async () => {
    // It reads the sentence, as it was learned, and goes on with it; in this text another one follows.
    const turned = `${sentence.slice(0, 22)}HIGH SEA`;
    const { attempts } = await extraction(training.model, [textOf(turned)], {
      ...{ promptLength: 16, length: 14, prompts: 1 },
    });
    assert.deepEqual(attempts, [
      {
        text: 0,
        start: 0,
        prompt: "the goat sails o",
        original: "n the HIGH SEA",
        continuation: "n the high sea",
        verbatim: 6,
      },
    ]);
  });

  it("draws passages evenly from all texts that are long enough, and tells where they begin", async () => {
    const smile = "\u{1f600}";
    const texts = [textOf("abc"), textOf(smile.repeat(40)), textOf("d".repeat(76))];
    const options = { promptLength: 3, length: 2, prompts: 54, seed: 5 };
    const model = await Model.create(
      { neurons: 4, layers: 1 },
      Vocabulary.of(texts.map(({ content }) => content)),
    );
    const { attempts } = await extraction(model, texts, options);
    model.dispose();
    assert.deepEqual(
      [0, 1, 2].map((text) => attempts.filter((attempt) => attempt.text === text).length),
      [0, 18, 36],
    );
    for (const { text, start, prompt, original } of attempts) {
      assert.ok(texts[text].content.startsWith(prompt + original, start));
      assert.equal(Array.from(prompt + original).length, 5);
    }
  });

  it("summarizes its attempts", async () => {
    for (const prompts of [7, 8]) {
      const options = { promptLength: 4, length: 25, prompts, temperature: 1.5, seed: 3 };
      const { attempts, ...told } = await extraction(training.model, library.training, options);
      const lengths = attempts.map(({ verbatim }) => verbatim).sort((a, b) => a - b);
      assert.ok(new Set(lengths).size > 2);
      const [low, high] = [lengths[Math.ceil(prompts / 2) - 1], lengths[Math.floor(prompts / 2)]];
      assert.deepEqual(told, {
        median: (low + high) / 2,
        mean: lengths.reduce((a, b) => a + b) / prompts,
        longest: Math.max(...lengths),
        atLeast20: lengths.filter((one) => one >= 20).length / prompts,
        atLeast50: 0,
      });
    }
  });

  it("finds the same with the same seed, and tells its progress", async () => {
    const told: Progress[] = [];
    const options = { promptLength: 4, length: 8, prompts: 3, temperature: 1 };
    const one = await extraction(fresh, library.training, {
      ...options,
      onProgress: (step) => told.push(step),
    });
    assert.deepEqual(await extraction(fresh, library.training, options), one);
    assert.notDeepEqual(await extraction(fresh, library.training, { ...options, seed: 2 }), one);
    assert.deepEqual(
      told,
      [1, 2, 3].map((done) => ({ label: "Extraction", done, total: 3, unit: "passages" })),
    );
  });

  it("refuses what it cannot try", async () => {
    const model = await Model.create({ neurons: 2, layers: 1 }, Vocabulary.of(["ab"]));
    await assert.rejects(extraction(model, [textOf("ab")], { promptLength: 2, length: 1 }), {
      message: "Expected a text of at least 3 characters (`promptLength` + `length`); lower these",
    });
    await assert.rejects(
      extraction(model, [textOf("ab")], { prompts: 0 }),
      /Expected `prompts` to be a whole number of at least 1, got 0/,
    );
    model.dispose();
  });
});
