import assert from "node:assert/strict";
import fc from "fast-check";
import { Dialogue } from "../../lib/generate/dialogue";
import { goOn } from "../../lib/generate/generate";
import { derivedSeed } from "../../lib/generate/many";
import { sentenceEnd } from "../../lib/generate/sentences";
import { Writer } from "../../lib/generate/writer";
import type { Model } from "../../lib/network/model";
import { tf } from "../../lib/network/tensorflow";
import { TextLibrary } from "../../lib/text/library";
import { train } from "../../lib/train/train";
import { Training } from "../../lib/train/training";
import { smallLibrary, smallParams } from "../train/small";

/** The small library with sentences that begin as sentences do. */
function capitalised(): TextLibrary {
  const texts = smallLibrary().texts.map((text) => {
    return { ...text, content: text.content.replace(/^./gm, (letter) => letter.toUpperCase()) };
  });
  return new TextLibrary(texts, { validation: 0.1 });
}

describe("a dialogue", () => {
  let training: Training;
  let model: Model;
  let tensors: number;
  before(async () => {
    const params = {
      ...smallParams,
      neurons: 32,
      iterations: 150,
      learningRate: 0.02,
      batchSize: 16,
      steps: 32,
    };
    training = await Training.start(capitalised(), params);
    const quiet = { sampleEvery: 0, validateEvery: 0, logEvery: 0 };
    for await (const event of train(training, quiet)) assert.ok(event);
    model = training.model;
    tensors = tf.memory().numTensors;
  });
  afterEach(() => assert.equal(tf.memory().numTensors, tensors, "tensors are left behind"));
  after(() => training.dispose());

  /** What is answered to some lines. */
  async function answers(lines: string[], options: ConstructorParameters<typeof Dialogue>[1] = {}) {
    const dialogue = new Dialogue(model, options);
    const texts = [];
    for (const line of lines) texts.push((await dialogue.say(line)).text);
    dialogue.dispose();
    return texts;
  }

  it("answers with so many sentences, with more where they are too short", async () => {
    const count = (text: string) => {
      let sentences = 0;
      while (sentenceEnd(`${text} X`, sentences + 1) !== undefined) sentences++;
      return sentences;
    };
    const lines = ["Wave of salt.", "The rock.", "Goat."];
    for (const sentences of [1, 2, 4]) {
      const texts = await answers(lines, { sentences, minLength: 0 });
      assert.deepEqual(texts.map(count), [sentences, sentences, sentences]);
    }
    const long = await answers(lines, { sentences: 1, minLength: 90 });
    assert.ok(long.some((text) => count(text) > 1));
    for (const text of long) {
      assert.ok(text.length >= 90, text);
      assert.ok(text.slice(0, sentenceEnd(text, count(text) - 1) ?? 0).trim().length < 90, text);
    }
  });

  it("ends at the latest after maxLength tokens", async () => {
    const [text] = await answers(["wave"], { maxLength: 40, sentences: 99 });
    assert.ok(text.length > 20 && text.length <= 40, text);
  });

  it("remembers what was said", async () => {
    const [, second] = await answers(["wave", "salt"]);
    const [, other] = await answers(["goat on the rock", "salt"]);
    const [alone] = await answers(["salt"]);
    assert.notEqual(second, other);
    assert.notEqual(second, alone);
  });

  /** What a writer writes when it goes on with the draws of the dialogue's answer of some number. */
  async function goneOn(writer: Writer, answer: number, length: number): Promise<string> {
    let text = "";
    const writing = { temperature: 0.6, length, seed: derivedSeed(1, answer) };
    for await (const piece of goOn(writer, writing)) text += piece;
    return text;
  }

  it("has read exactly the lines and the answers that were shown", async () => {
    const [first, second] = await answers(["The sea", "Wave."], { sentences: 1, minLength: 0, between: "" });
    const writer = new Writer(model);
    writer.read("The sea");
    const raw = await goneOn(writer, 0, 300);
    const shown = raw.slice(0, sentenceEnd(raw, 1));
    assert.equal(first, shown.trim());
    writer.reset();
    writer.read(`The sea${shown}Wave.`);
    const next = await goneOn(writer, 1, 300);
    assert.equal(second, next.slice(0, sentenceEnd(next, 1)).trim());
    writer.dispose();
  });

  it("goes on after an empty line", async () => {
    const writer = new Writer(model);
    writer.read("\n\nWave.\n\n");
    const expected = [await goneOn(writer, 0, 40), await goneOn(writer, 1, 40)].map((text) => text.trim());
    assert.deepEqual(await answers(["Wave.", "  "], { maxLength: 40, sentences: 99 }), expected);
    writer.reset();
    assert.deepEqual(await answers([""], { maxLength: 40, sentences: 99 }), [
      (await goneOn(writer, 0, 40)).trim(),
    ]);
    writer.dispose();
  });

  it("forgets at a reset, keeps the settings, and says the same to the same lines", async () => {
    const [setting, first, , , again] = await answers(["temperature=0.9", "wave", "salt", "reset", "wave"]);
    assert.equal(setting, "From now on, temperature=0.9.");
    assert.equal(again, first);
    assert.deepEqual(await answers(["wave"], { temperature: 0.9 }), [first]);
  });

  it("changes its settings by name, and only to what makes sense", async () => {
    const dialogue = new Dialogue(model);
    const say = async (line: string) => {
      const { type, text } = await dialogue.say(line);
      assert.equal(type, "notice");
      return text;
    };
    assert.equal(await say("temperature=0.05"), "From now on, temperature=0.05.");
    assert.equal(await say(" sentences = 2 "), "From now on, sentences=2.");
    assert.equal(await say("temperature=-1"), "Expected `temperature` >= 0, got -1; it stays 0.05.");
    assert.equal(
      await say("temperature=0,5"),
      'Expected `temperature` as a number, got "0,5"; it stays 0.05.',
    );
    assert.equal(await say("temperature="), 'Expected `temperature` as a number, got ""; it stays 0.05.');
    assert.equal(
      await say("temperature=1.2.3"),
      'Expected `temperature` as a number, got "1.2.3"; it stays 0.05.',
    );
    assert.equal(
      await say("sentences=0"),
      "Expected `sentences` to be a whole number of at least 1, got 0; it stays 2.",
    );
    for (const name of ["heat", "toString", "between"]) {
      assert.equal(
        await say(`${name}=1`),
        `There is no setting \`${name}\`; there are temperature=0.05, topK=0, topP=1, sentences=2, minLength=64, ` +
          "maxLength=500, seed=1; and the commands bye and reset.",
      );
    }
    assert.equal((await dialogue.say("temperature")).type, "answer");
    dialogue.dispose();
  });

  it("answers as the text that it is asked for, where the network was told of its texts", async () => {
    const params = {
      ...smallParams,
      labels: ["title"],
      iterations: 120,
      learningRate: 0.02,
      batchSize: 16,
      steps: 32,
    };
    const told = await Training.start(smallLibrary(), params);
    for await (const event of train(told, { sampleEvery: 0 })) assert.ok(event);
    const share = async (title: string) => {
      const dialogue = new Dialogue(told.model, { labels: { title }, temperature: 1, maxLength: 200 });
      const { text } = await dialogue.say("the");
      dialogue.dispose();
      const of = (words: RegExp) => text.match(words)?.length ?? 0;
      const [sea, hill] = [of(/wave|salt|sail/g), of(/rock|goat|high/g)];
      return sea / (sea + hill);
    };
    assert.ok((await share("Sea")) > 0.8);
    assert.ok((await share("Hill")) < 0.2);
    assert.throws(
      () => new Dialogue(told.model, { labels: { title: "Moor" } }),
      /one of "Hill", "Sea", got "Moor"/,
    );
    told.dispose();
  });

  it("ends with bye", async () => {
    const dialogue = new Dialogue(model);
    assert.deepEqual(await dialogue.say(" bye "), { line: " bye ", type: "end", text: "Goodbye!" });
    assert.equal((await dialogue.say("bye the sea")).type, "answer");
    dialogue.dispose();
  });

  it("replies to whatever is typed, known to the model or not", async () => {
    const dialogue = new Dialogue(model, { maxLength: 3 });
    const lines = fc.oneof(
      fc.string({ unit: "binary", maxLength: 20 }),
      fc.constantFrom("", "=", "a=", "λόγος 🌊"),
    );
    await fc.assert(
      fc.asyncProperty(lines, async (line) => {
        const reply = await dialogue.say(line);
        assert.equal(reply.line, line);
        assert.equal(typeof reply.text, "string");
      }),
      { numRuns: 60 },
    );
    dialogue.dispose();
  });

  it("refuses options that it does not know or that make no sense", () => {
    assert.throws(() => new Dialogue(model, { topK: -1 }), /Expected `topK` to be a whole number, got -1/);
    assert.throws(
      () => new Dialogue(model, { heat: 1 } as object),
      /Unknown option `heat`; there are between, labels, temp/,
    );
  });
});
