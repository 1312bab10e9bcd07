import assert from "node:assert/strict";
import fc from "fast-check";
import { continuations } from "../../lib/generate/continuations";
import { Dialogue } from "../../lib/generate/dialogue";
import { generate, goOn, write } from "../../lib/generate/generate";
import { writeTogether, type Offer } from "../../lib/generate/interactive";
import { collect, generateMany } from "../../lib/generate/many";
import { synthesize } from "../../lib/generate/synthesize";
import { Writer } from "../../lib/generate/writer";
import { Model } from "../../lib/network/model";
import { tf } from "../../lib/network/tensorflow";
import { TextLibrary } from "../../lib/text/library";
import { MARK, Vocabulary } from "../../lib/text/tokens/vocabulary";
import { Training } from "../../lib/train/training";
import { eventsOf } from "../train/small";

const choice = { temperature: 1, topK: 0, topP: 1 };
const draws = (count: number) => Array.from({ length: count }, (_, index) => (0.37 * (index + 1)) % 1);

describe("a writer of words", () => {
  const vocabulary = Vocabulary.of(["Well, the sea isn't a seaweed. Is it?\nthe sea\n"], { level: "words" });
  const sentence = "Well, the sea isn't a seaweed.\n Is it  the sea";
  /** Known words end to end, none of them cut. */
  const ofWords = new RegExp(`^(?:${vocabulary.tokens.join("|").replace(/[.?]/g, "\\$&")})*$`);
  let model: Model;
  let tensors: number;
  before(async () => {
    model = await Model.create({ neurons: 8, seed: 3 }, vocabulary);
    tensors = tf.memory().numTensors;
  });
  afterEach(() => assert.equal(tf.memory().numTensors, tensors, "tensors are left behind"));
  after(() => model.dispose());

  /** What comes after a text that is read in these pieces. */
  function scoresAfter(...pieces: string[]): number[] {
    const writer = new Writer(model);
    for (const piece of pieces) writer.read(piece);
    const scores = [...writer.scores()];
    writer.dispose();
    return scores;
  }

  /** Whether scores are the same but for rounding: the steps of reading may be cut otherwise. */
  function assertClose(one: readonly number[], other: readonly number[]): void {
    one.forEach((score, id) => assert.ok(Math.abs(score - other[id]) < 1e-4, `${score} and ${other[id]}`));
  }

  it("reads the same words however the text is cut into pieces", () => {
    const whole = scoresAfter(sentence);
    fc.assert(
      fc.property(fc.array(fc.nat(sentence.length), { maxLength: 6 }), (cuts) => {
        const edges = [0, ...cuts.sort((one, other) => one - other), sentence.length];
        const pieces = edges.slice(1).map((end, index) => sentence.slice(edges[index], end));
        assertClose(scoresAfter(...pieces), whole);
      }),
      { numRuns: 30 },
    );
  });

  it("goes on with a word whose beginning it has been asked to predict from", () => {
    const writer = new Writer(model);
    writer.read("the sea");
    assertClose([...writer.scores()], scoresAfter("the sea"));
    writer.read("weed");
    assertClose([...writer.scores()], scoresAfter("the seaweed"));
    writer.dispose();
  });

  it("lets a space at the end wait for its word, which is written without another", () => {
    const [after, spaced] = ["the sea", "the sea "].map((text) => {
      const writer = new Writer(model);
      writer.read(text);
      const written = writer.write(draws(9), choice);
      writer.dispose();
      return written;
    });
    assert.equal(spaced, after.replace(/^ /, ""));
    assertClose(scoresAfter("the sea ", "isn't"), scoresAfter("the sea isn't"));
    assert.notDeepEqual(scoresAfter("the sea\n "), scoresAfter("the sea", " ", " "));
  });

  it("keeps the beginning of what it wrote, again and shorter, and reads on in the middle of a word", () => {
    const [writer, other] = [new Writer(model), new Writer(model)];
    for (const each of [writer, other]) {
      each.read("the ");
      each.write(draws(9), choice);
    }
    const tokens = [...writer.written];
    while ((tokens.at(-1) as string).length < 4) tokens.pop();
    const text = tokens.join("");
    writer.keep(text.slice(0, -1));
    writer.keep(text.slice(0, -2));
    writer.read(text.slice(-2));
    other.keep(text);
    assertClose([...writer.scores()], [...other.scores()]);
    for (const each of [writer, other]) each.dispose();
  });

  it("ends with a whole word, and with as many as there is room for", async () => {
    for (let length = 0; length <= 30; length++) {
      const text = await write(model, { length, temperature: 1 });
      assert.ok(text.length <= length);
      assert.match(text, ofWords);
      const more = await write(model, { length: length + 8, temperature: 1 });
      assert.ok(more.startsWith(text) && text.length + 8 >= length, JSON.stringify([text, more]));
    }
  });

  it("offers words, without a second space where one waits", () => {
    const writer = new Writer(model);
    writer.read("the");
    const after = continuations(writer, { n: 6, ahead: 1 });
    writer.read(" ");
    const spaced = continuations(writer, { n: 6, ahead: 1 });
    writer.dispose();
    assert.ok(after.some(({ text }) => /^ \w/.test(text)));
    assert.deepEqual(
      spaced.map(({ text }) => text),
      after.map(({ text }) => text.replace(/^ /, "")),
    );
  });

  it("takes words from a person in pieces, and offers after an undo what it offered before", async () => {
    const answers = ["the sea", "weed", "undo", "bye"];
    const offers: Offer[] = [];
    const text = await writeTogether(model, async (offer) => {
      offers.push(offer);
      return answers.shift();
    });
    assert.equal(text, "the sea");
    for (const [index, { probability }] of offers[3].continuations.entries())
      assert.ok(Math.abs(probability - offers[1].continuations[index].probability) < 1e-5);
  });

  it("writes texts, turns and answers of words that it knows", async () => {
    const texts = (await collect(generateMany(model, { n: 3, length: 40 }))).map(({ text }) => text);
    for await (const { text } of synthesize([model, model], { turns: 4, length: 12 })) texts.push(text);
    for (const text of texts) assert.match(text, ofWords);
    const dialogue = new Dialogue(model, { sentences: 1, minLength: 0, maxLength: 60 });
    for (const line of ["the sea", "Is it?", ""]) {
      const { text } = await dialogue.say(line);
      assert.ok(text.length <= 60);
      assert.ok(
        [text, ` ${text}`].some((each) => ofWords.test(each)),
        text,
      );
    }
    dialogue.dispose();
  });

  it("lets two networks write a word each in turn, with one space between words", async () => {
    let text = "the sea";
    for await (const turn of synthesize([model, model], { prompt: text, turns: 12, stop: [" ", "\n"] }))
      text += turn.text;
    const writer = new Writer(model);
    writer.read("the sea");
    for (const word of text.slice("the sea".length).split(/(?<=\s)/)) writer.read(word);
    assertClose([...writer.scores()], scoresAfter(text));
    assert.ok(text.length > 20, text);
    writer.dispose();
  });
});

describe("a writer of short texts", () => {
  const contents = ["A frog. It hops.", "The old pond!", "Rain? Rain."];
  let training: Training;
  let model: Model;
  let tensors: number;
  before(async () => {
    const library = TextLibrary.ofTexts(
      contents.flatMap((text) => Array<string>(20).fill(text)),
      { validation: 0.2 },
    );
    const params = { neurons: 24, layers: 1, steps: 16, batchSize: 8, warmup: 5, learningRate: 0.03 };
    training = await Training.start(library, { ...params, iterations: 200 });
    await eventsOf(training, { sampleEvery: 0 });
    model = training.model;
    tensors = tf.memory().numTensors;
  });
  afterEach(() => assert.equal(tf.memory().numTensors, tensors, "tensors are left behind"));
  after(() => training.dispose());

  it("ends each of many texts at its mark, which nobody sees", async () => {
    for (const { text } of await collect(generateMany(model, { n: 6, temperature: 0.3 })))
      assert.ok(contents.includes(text), JSON.stringify(text));
  });

  it("stands behind the mark that it wrote, and begins another text there", async () => {
    const writer = new Writer(model);
    assert.ok(writer.behindMark);
    for (let seed = 1; seed <= 3; seed++) {
      let text = "";
      for await (const piece of goOn(writer, { temperature: 0.3, seed })) text += piece;
      assert.ok(contents.includes(text), JSON.stringify(text));
      assert.ok(writer.behindMark);
    }
    writer.read("A");
    assert.ok(!writer.behindMark);
    writer.dispose();
  });

  it("answers with short texts, in a dialogue that may end them earlier", async () => {
    for (const sentences of [1, 9]) {
      const dialogue = new Dialogue(model, { sentences, minLength: 0, temperature: 0.3 });
      for (const line of ["The old pond!", "A frog. It hops.", ""]) {
        const { text } = await dialogue.say(line);
        const whole = contents.some((content) => content.startsWith(text));
        assert.ok(text !== "" && (whole || "It hops. Rain.".includes(text)), JSON.stringify(text));
        if (sentences === 9) assert.ok(contents.includes(text), JSON.stringify(text));
      }
      dialogue.dispose();
    }
  });

  it("offers the end of a text, without its mark, and ends there with a person who takes it", async () => {
    const offers: Offer[] = [];
    const text = await writeTogether(model, async (offer) => {
      offers.push(offer);
      return offers.length === 1 ? "The old pond" : "";
    });
    assert.equal(text, "The old pond!");
    assert.ok(offers.at(-1)?.continuations[0].ends);
    for (const { continuations } of offers)
      for (const each of continuations) assert.ok(!each.text.includes(MARK));
  });

  it("ends a text that several networks write where one of them writes its mark", async () => {
    let text = "";
    const models = [model, model];
    for await (const turn of synthesize(models, { turns: 9, length: 6, temperature: 0.3 })) text += turn.text;
    assert.ok(contents.includes(text), JSON.stringify(text));
  });
});

describe("the options of writing", () => {
  it("are their own names, not those that every object has", async () => {
    const model = await Model.create({ neurons: 4 }, Vocabulary.of(["ab"]));
    for (const name of ["toString", "constructor"])
      await assert.rejects(
        generate(model, { [name]: 1 } as object).next(),
        new RegExp(`Unknown option \`${name}\``),
      );
    model.dispose();
  });
});
