import assert from "node:assert/strict";
import { write } from "../../lib/generate/generate";
import { collect, generateMany, generateSamples } from "../../lib/generate/many";
import { Model } from "../../lib/network/model";
import { tf } from "../../lib/network/tensorflow";
import type { Progress } from "../../lib/base/progress";
import { Vocabulary } from "../../lib/text/tokens/vocabulary";

describe("generateMany", () => {
  let model: Model;
  let tensors: number;
  before(async () => {
    model = await Model.create({ neurons: 10 }, Vocabulary.of(["abcdefgh .\n"]));
    tensors = tf.memory().numTensors;
  });
  afterEach(() => assert.equal(tf.memory().numTensors, tensors, "tensors are left behind"));
  after(() => model.dispose());

  const options = { prompt: "ab", length: 50, temperature: [1, 0.4], topK: 5, topP: 0.9, stop: ["h."] };

  it("writes n texts that differ, the same ones again from the same seed", async () => {
    const texts = await collect(generateMany(model, { ...options, n: 5, seed: 7 }));
    assert.equal(new Set(texts.map(({ text }) => text)).size, 5);
    assert.deepEqual(await collect(generateMany(model, { ...options, n: 5, seed: 7 })), texts);
    const others = await collect(generateMany(model, { ...options, n: 5, seed: 8 }));
    assert.ok(others.every(({ seed }) => !texts.some((one) => one.seed === seed)));
  });

  it("tells of each text what it takes to write it again alone", async () => {
    for (const { text, prompt, temperature, seed } of await collect(
      generateMany(model, { ...options, n: 3 }),
    )) {
      assert.equal(prompt, "ab");
      assert.deepEqual(temperature, [1, 0.4]);
      assert.equal(await write(model, { ...options, prompt, temperature, seed }), text);
    }
  });

  it("gives a text of many no matter how many there are", async () => {
    const [first] = await collect(generateMany(model));
    assert.deepEqual((await collect(generateMany(model, { n: 2 })))[0], first);
    assert.equal(first.text.length, 400);
    assert.deepEqual(await collect(generateMany(model, { n: 0 })), []);
  });

  it("tells its progress after each text", async () => {
    const told: Progress[] = [];
    await collect(
      generateMany(model, { ...options, n: 2, onProgress: (progress) => void told.push(progress) }),
    );
    assert.deepEqual(told, [
      { label: "Texts", done: 1, total: 2, unit: "texts" },
      { label: "Texts", done: 2, total: 2, unit: "texts" },
    ]);
  });

  it("stops at its signal with the texts that are whole", async () => {
    const abort = new AbortController();
    const texts = [];
    for await (const one of generateMany(model, { ...options, n: 9, signal: abort.signal })) {
      texts.push(one);
      if (texts.length === 2) abort.abort();
    }
    assert.deepEqual(texts, await collect(generateMany(model, { ...options, n: 2 })));
  });

  it("echoes what makes no sense", async () => {
    await assert.rejects(generateMany(model, { n: -1 }).next(), /Expected `n` to be a whole number, got -1/);
    await assert.rejects(generateMany(model, { n: 1, topP: 2 }).next(), /Expected `topP` above 0/);
  });

  it("generateSamples writes n at each temperature, from the same seeds at each", async () => {
    const told: Progress[] = [];
    const onProgress = (progress: Progress) => void told.push(progress);
    const texts = await collect(
      generateSamples(model, { n: 2, length: 20, temperatures: [0, 1], onProgress }),
    );
    assert.deepEqual(
      texts.map(({ temperature }) => temperature),
      [0, 0, 1, 1],
    );
    assert.deepEqual(
      texts.slice(0, 2).map(({ seed }) => seed),
      texts.slice(2).map(({ seed }) => seed),
    );
    assert.deepEqual(
      told.map(({ done, total }) => [done, total]),
      [1, 2, 3, 4].map((done) => [done, 4]),
    );
    const usual = await collect(generateSamples(model, { length: 1 }));
    assert.deepEqual(
      usual.map(({ temperature }) => temperature),
      [0.2, 0.2, 0.2, 0.5, 0.5, 0.5, 1, 1, 1],
    );
  });
});
