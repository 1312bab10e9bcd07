import assert from "node:assert/strict";
import { continuations } from "../../lib/generate/continuations";
import { writeTogether, type Offer } from "../../lib/generate/interactive";
import { Writer } from "../../lib/generate/writer";
import { Model } from "../../lib/network/model";
import { tf } from "../../lib/network/tensorflow";
import { Labels, type GivenLabels } from "../../lib/text/labels";
import { Vocabulary } from "../../lib/text/tokens/vocabulary";

const vocabulary = Vocabulary.of(["abc \n"]);

describe("writing together with a network", () => {
  let model: Model;
  let tensors: number;
  before(async () => {
    model = await Model.create({ neurons: 8, seed: 4 }, vocabulary);
    tensors = tf.memory().numTensors;
  });
  afterEach(() => assert.equal(tf.memory().numTensors, tensors, "tensors are left behind"));
  after(() => model.dispose());

  /** The probability of a text after another, token by token. */
  function probability(before: string, text: string): number {
    let product = 1;
    for (let at = 0; at < text.length; at++) {
      const writer = new Writer(model);
      writer.read(before + text.slice(0, at));
      const weights = Array.from(writer.scores().subarray(1), Math.exp);
      product *= weights[vocabulary.encode(text[at])[0] - 1] / weights.reduce((sum, weight) => sum + weight);
      writer.dispose();
    }
    return product;
  }

  it("continuations are the likeliest, as brute force finds them", () => {
    const writer = new Writer(model);
    writer.read("ab");
    const found = continuations(writer, { n: 4, ahead: 2 });
    writer.dispose();
    const letters = [..."abc \n"];
    const all = letters
      .flatMap((one) => letters.map((other) => one + other))
      .map((text) => ({ text, probability: probability("ab", text) }))
      .sort((one, other) => other.probability - one.probability);
    found.forEach(({ text, probability }, index) => {
      assert.equal(text, all[index].text);
      assert.ok(Math.abs(probability - all[index].probability) < 1e-5);
    });
  });

  it("continuations leave the writer where it is, and end after a word's white space or `ahead` tokens", () => {
    const writer = new Writer(model);
    const before = writer.scores();
    for (const { text } of continuations(writer, { n: 5, ahead: 6 })) {
      assert.ok(text.length <= 6 && !/\S\s./s.test(text), JSON.stringify(text));
    }
    assert.deepEqual(writer.scores(), before);
    assert.throws(
      () => continuations(writer, { n: 0 }),
      /Expected `n` to be a whole number of at least 1, got 0/,
    );
    writer.dispose();
  });

  /** Writes with answers from a list, and tells what was offered. */
  async function together(answers: string[], options: Parameters<typeof writeTogether>[2] = {}) {
    const offers: Offer[] = [];
    const answer = async (offer: Offer) => {
      offers.push(offer);
      return answers.shift();
    };
    return { text: await writeTogether(model, answer, { ahead: 2, ...options }), offers };
  }

  it("adds the continuation of a number, the first for an empty line, and words as they are", async () => {
    const { text, offers } = await together(["2", "", " my own", "+2", "+bye", "bye", "never said"]);
    const [first, second] = offers;
    const beginning = first.continuations[1].text + second.continuations[0].text;
    assert.equal(text, `${beginning} my own2bye`);
    assert.equal(offers.length, 6);
  });

  it("takes back with undo, and offers the same as before", async () => {
    const { text, offers } = await together(["1", "xyz", "undo", "undo", "undo"]);
    assert.equal(text, "");
    assert.deepEqual(
      offers.map((offer) => offer.notice),
      ["", "", "", "", "", "There is nothing to undo."],
    );
    assert.deepEqual(offers[3].continuations, offers[1].continuations);
    assert.deepEqual(offers[4].continuations, offers[0].continuations);
  });

  it("asks again where a number was not offered", async () => {
    const { text, offers } = await together(["4", "1"]);
    assert.equal(offers[1].notice, "Expected a number from 1 to 3, got 4.");
    assert.equal(text, offers[0].continuations[0].text);
  });

  it("offers something else for other labels, where the network was told of its texts", async () => {
    const texts = ["Ann", "Ben"].map((author) => {
      return { title: "", author, source: "string", content: "abc", weight: 1 };
    });
    const labels = Labels.of(texts, ["author"]);
    const told = await Model.create({ neurons: 8, labels: ["author"], seed: 4 }, vocabulary, { labels });
    const offeredTo = async (given: GivenLabels) => {
      const offers: Offer[] = [];
      const answer = async (offer: Offer) => void offers.push(offer);
      await writeTogether(told, answer, { ahead: 2, labels: given });
      return offers[0].continuations;
    };
    const ann = await offeredTo({ author: "Ann" });
    assert.notDeepEqual(await offeredTo({ author: "Ben" }), ann);
    assert.notDeepEqual(await offeredTo({}), ann);
    assert.deepEqual(await offeredTo({ author: "Ann" }), ann);
    told.dispose();
  });

  it("ends once the text is long enough", async () => {
    const { text } = await together(Array(99).fill("1"), { length: 10, ahead: 1, prompt: "a" });
    assert.equal(text.length, 10);
  });
});
