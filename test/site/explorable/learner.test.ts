import assert from "node:assert/strict";
import { likelihood } from "../../../lib/generate/memory/likelihood";
import { TextLibrary } from "../../../lib/text/library";
import { train } from "../../../lib/train/train";
import { Training } from "../../../lib/train/training";
import { Learner } from "../../../site/explorable/learning/learner";
import { lettersOf } from "../../../site/explorable/learning/letters";
import { firstWords, sampleOf } from "../../../site/explorable/learning/sample";
import type { Order, ToPage } from "../../../site/explorable/messages";

const verse = "The sea is a page that the wind has written, and the rain writes over it, over and over.";
const text = (title: string, content: string) => ({
  title,
  author: "",
  source: "string",
  content,
  weight: 1,
});
const texts = [
  text("Verse", `${verse}\n`),
  text("Bees", "Bees hum in the high heather, and nobody counts them. ".repeat(30)),
];

describe("what the explorable shows of a network", () => {
  let training: Training;

  before(async () => {
    const library = new TextLibrary([text("Verse", verse.repeat(6))], { validation: 0 });
    const params = { neurons: 48, layers: 1, steps: 40, batchSize: 8, iterations: 120 };
    training = await Training.start(library, params);
    for await (const _ of train(training, { sampleEvery: 0, validateEvery: 0 })) void _;
  });
  after(() => training.dispose());

  it("is how probable each letter was to it, as it reads, and the likeliest in its place, by falling probability", async () => {
    const [prompt, rest] = ["The sea is a ", "page that the tide"];
    const letters = await lettersOf(training.model, prompt, rest);
    assert.equal(letters.map((letter) => letter.text).join(""), rest);
    const { logProbability } = await likelihood(training.model, rest, { prompt });
    letters.forEach(({ probability, likeliest }, index) => {
      const expected = Math.exp(logProbability[index]);
      assert.ok(Math.abs(probability - expected) < 1e-4, `${probability} ${expected}`);
      assert.equal(likeliest.length, 4);
      const sorted = likeliest.map((one) => one.probability);
      assert.deepEqual(
        sorted,
        [...sorted].sort((a, b) => b - a),
      );
    });
    assert.equal(letters[0].likeliest[0].token, "p");
  });

  it("holds a letter that it does not know for impossible", async () => {
    const [letter] = await lettersOf(training.model, "The sea", "\u{1f600}");
    assert.deepEqual([letter.text, letter.probability], ["\u{1f600}", 0]);
  });

  it("is what a sample copies, and from where", async () => {
    const options = { prompt: firstWords(verse), length: 60, temperature: 0, seed: 1 };
    const sample = await sampleOf(training.model, { texts, own: 0 }, options);
    const written = sample.pieces.map((piece) => piece.text).join("");
    assert.equal(options.prompt + written, verse.slice(0, options.prompt.length + 60));
    assert.equal(sample.letters.length, 60);
    assert.equal(sample.longestOwn, 60);
    assert.equal(sample.copied, 1);
    assert.deepEqual(sample.pieces[0].copy, { source: 0, length: 60 });
    const other = await sampleOf(training.model, { texts, own: 1 }, options);
    assert.deepEqual([other.copied, other.longestOwn], [1, 0]);
  });

  it("goes on from the first words of a paragraph, whole ones", () => {
    assert.equal(firstWords("Our tram was late again, so my sister"), "Our tram was late ");
    assert.equal(firstWords("Uninterruptedly"), "Uninterruptedly");
    assert.equal(firstWords("short"), "short");
  });
});

describe("the network of the explorable", () => {
  const order = (run: number, dropout = 0): Order => {
    return { run, texts, own: 0, settings: { neurons: 16, dropout, temperature: 0.5 } };
  };

  it("tells what it writes from the beginning on, by the same seed the same, and ends when it is stopped; each network writes again when it is asked", async () => {
    const told: ToPage[] = [];
    const learner = new Learner((message) => {
      told.push(message);
      if (message.type === "look" && message.look.readings > 15) void learner.stop();
    });
    await learner.read(order(0));
    await learner.read(order(1));
    const looks = (run: number) =>
      told.flatMap((message) => (message.type === "look" && message.run === run ? [message.look] : []));
    assert.equal(looks(0)[0].readings, 0);
    assert.ok(looks(0).length >= 3);
    assert.equal(looks(0)[0].known.length, verse.length);
    assert.deepEqual(
      looks(0).map(({ samples, loss }) => ({ samples, loss })),
      looks(1).map(({ samples, loss }) => ({ samples, loss })),
    );
    assert.ok(looks(0).at(-1)!.loss < looks(0)[1].loss);
    const ends = told.filter(({ type }) => type === "ended");
    assert.deepEqual(
      ends,
      [0, 1].map((run) => ({ type: "ended", run, stopped: true })),
    );
    for (const run of [0, 1]) {
      await learner.write(run, 1);
      const last = told.at(-1)!;
      assert.deepEqual([last.type, "run" in last && last.run], ["rewritten", run]);
    }
    const count = told.length;
    await learner.write(7, 1);
    assert.equal(told.length, count, "no run has that number");
  });
});
