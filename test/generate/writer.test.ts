import assert from "node:assert/strict";
import { generate, goOn, write } from "../../lib/generate/generate";
import { Writer } from "../../lib/generate/writer";
import { implementations } from "../../lib/network/implementation";
import { Model } from "../../lib/network/model";
import { tf } from "../../lib/network/tensorflow";
import { Vocabulary } from "../../lib/text/tokens/vocabulary";

const vocabulary = Vocabulary.of(["abcdefgh .\n"]);
const choice = { temperature: 1, topK: 0, topP: 1 };
const draws = (count: number) => Array.from({ length: count }, (_, index) => (0.37 * (index + 1)) % 1);

for (const implementation of implementations.filter(({ problem }) => problem() === "")) {
  describe(`a writer, computed by the implementation "${implementation.name}"`, () => {
    let model: Model;
    let tensors: number;
    before(async () => {
      model = await Model.create({ neurons: 12, seed: 3 }, vocabulary, { implementation });
      tensors = tf.memory().numTensors;
    });
    afterEach(() => assert.equal(tf.memory().numTensors, tensors, "tensors are left behind"));
    after(() => model.dispose());

    /** What is written after a text by a writer that has read nothing else. */
    function continued(text: string, count = 20): string {
      const writer = new Writer(model);
      writer.read(text);
      const written = writer.write(draws(count), choice);
      writer.dispose();
      return written;
    }

    it("writes the same however what it reads and writes is cut into pieces", () => {
      const writer = new Writer(model);
      for (const piece of ["ab", "", "c d"]) writer.read(piece);
      const [first, second] = [draws(20).slice(0, 7), draws(20).slice(7)];
      assert.equal(writer.write(first, choice) + writer.write(second, choice), continued("abc d"));
      writer.dispose();
    });

    it("reads a line break where it was given nothing", () => {
      assert.equal(continued(""), continued("\n"));
    });

    it("goes on from what it has written as if it had read it", () => {
      const writer = new Writer(model);
      writer.read("ab");
      const written = writer.write(draws(9), choice);
      assert.equal(writer.write(draws(20), choice), continued(`ab${written}`));
      writer.dispose();
    });

    it("keeps the beginning of what it wrote last", () => {
      const writer = new Writer(model);
      writer.read("ab");
      const written = writer.write(draws(9), choice);
      writer.keep(written.slice(0, 4));
      assert.equal(writer.write(draws(20), choice), continued(`ab${written.slice(0, 4)}`));
      writer.read("c");
      assert.throws(() => writer.keep("c"), /Expected something to be written before/);
      writer.dispose();
    });

    it("scores what comes next, and stays where it is", () => {
      const writer = new Writer(model);
      writer.read("abc");
      const scores = writer.scores();
      assert.equal(scores.length, vocabulary.size);
      const likeliest = scores.indexOf(Math.max(...scores.slice(1)));
      assert.deepEqual(writer.scores(), scores);
      assert.equal(writer.write([0], { ...choice, temperature: 0 }), vocabulary.tokens[likeliest]);
      writer.dispose();
    });

    it("is the same as its copy, and apart from it", () => {
      const writer = new Writer(model);
      writer.read("abc");
      const copy = writer.copy();
      copy.read("d");
      assert.equal(writer.write(draws(20), choice), continued("abc"));
      writer.dispose();
      assert.equal(copy.write(draws(20), choice), continued("abcd"));
      copy.dispose();
    });

    it("forgets everything at a reset", () => {
      const writer = new Writer(model);
      writer.read("abc");
      writer.write(draws(5), choice);
      writer.reset();
      writer.read("d");
      assert.equal(writer.write(draws(20), choice), continued("d"));
      writer.dispose();
    });

    it("stands behind what goOn() has yielded when a stop has cut it", async () => {
      const whole = await write(model, { prompt: "a", length: 100, seed: 5 });
      const stop = whole.slice(40, 43);
      const writer = new Writer(model);
      writer.read("a");
      let text = "";
      for await (const piece of goOn(writer, { stop: [stop], length: 100, seed: 5 })) text += piece;
      assert.equal(text, whole.slice(0, whole.indexOf(stop) + 3));
      assert.equal(writer.write(draws(20), choice), continued(`a${text}`));
      writer.dispose();
    });

    it("gives each character the next temperature of a list", async () => {
      const [cold, warm] = [0, 1.5];
      const text = await write(model, { temperature: [cold, warm, cold], length: 30 });
      const writer = new Writer(model);
      [...text].forEach((character, index) => {
        const scores = writer.scores().subarray(1);
        const likeliest = vocabulary.tokens[1 + scores.indexOf(Math.max(...scores))];
        if (index % 3 !== 1) assert.equal(character, likeliest, `character ${index}`);
        writer.read(character);
      });
      writer.dispose();
      assert.notEqual(text, await write(model, { temperature: cold, length: 30 }));
      assert.equal(
        await write(model, { temperature: [warm, warm], length: 70 }),
        await write(model, { temperature: warm, length: 70 }),
      );
    });
  });
}

describe("generate", () => {
  let model: Model;
  before(async () => (model = await Model.create({ neurons: 12 }, vocabulary)));
  after(() => model.dispose());

  it("ends after a stop wherever it falls, at the end of a piece as well", async () => {
    const whole = await write(model, { length: 80, temperature: 1.2 });
    for (let end = 1; end <= whole.length; end++) {
      const stop = whole.slice(Math.max(0, end - 6), end);
      const first = whole.indexOf(stop) + stop.length;
      assert.equal(await write(model, { length: 80, temperature: 1.2, stop: [stop] }), whole.slice(0, first));
    }
  });

  it("echoes an option that makes no sense", async () => {
    const refused: [object, RegExp][] = [
      [{ temperature: [] }, /Expected at least one number in `temperature`, got none/],
      [{ temperature: [1, -1] }, /Expected `temperature` >= 0, got -1/],
      [{ length: 1.5 }, /Expected `length` to be a whole number, got 1.5/],
      [{ heat: 1 }, /Unknown option `heat`; there are prompt, length, temperature/],
    ];
    for (const [options, message] of refused) await assert.rejects(generate(model, options).next(), message);
  });
});
