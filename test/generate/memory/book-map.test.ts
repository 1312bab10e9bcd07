import assert from "node:assert/strict";
import type { Progress } from "../../../lib/base/progress";
import { write } from "../../../lib/generate/generate";
import { mapOfBook, type BookMap } from "../../../lib/generate/memory/book-map";
import { Writer } from "../../../lib/generate/writer";
import { Model } from "../../../lib/network/model";
import { tf } from "../../../lib/network/tensorflow";
import { TextLibrary } from "../../../lib/text/library";
import { Vocabulary } from "../../../lib/text/tokens/vocabulary";
import { Training } from "../../../lib/train/training";
import { eventsOf } from "../../train/small";
import { textOf } from "../../trace/texts";

const known = "the goat sails on the high sea. ".repeat(12);
const strange = "sea on, he hastes at noon; a nail is the hat. ".repeat(6);
const book = textOf(known + strange + known, "A goat at sea");

describe("mapOfBook(model, text)", () => {
  let training: Training;

  before(async () => {
    const library = new TextLibrary([textOf(known), textOf("he hastes; a nail, noon, moon, the hat.\n")], {
      validation: 0,
    });
    training = await Training.start(library, {
      ...{ neurons: 24, layers: 2, steps: 32, batchSize: 8 },
      ...{ iterations: 150, learningRate: 0.02, warmup: 0 },
    });
    await eventsOf(training, { sampleEvery: 0 });
  });

  after(() => training.dispose());

  it("tells how far writing would go on word for word, and how probable that is, at places far apart", async () => {
    const map = await mapOfBook(training.model, book, { stride: 97, context: 20, ahead: 15 });
    assert.deepEqual([...map.places.slice(0, 3)], [0, 97, 194]);
    await assertAsWritten(training.model, map, (place) => place - 20);
  });

  it("tells the same at places so close that the whole book is read", async () => {
    const map = await mapOfBook(training.model, book, { stride: 29, context: 20, ahead: 15 });
    await assertAsWritten(training.model, map, () => -1);
  });

  it("knows where the book goes on as it was learned, beyond what it reads at first", async () => {
    const { places, verbatim } = await mapOfBook(training.model, book, {
      stride: 100,
      context: 40,
      ahead: 1,
    });
    assert.ok(verbatim[1] > 200, `from ${places[1]} on ${verbatim[1]}`);
    assert.ok(verbatim[5] < 10, `from ${places[5]} on ${verbatim[5]}`);
  });

  it("counts words in characters, and stops at what the network does not know", async () => {
    const model = await Model.create(
      { neurons: 4, layers: 1, level: "words" },
      Vocabulary.of(["a rose is a rose"], { level: "words" }),
    );
    const map = await mapOfBook(model, textOf("a rose is\na tulip"), { stride: 4, context: 2, ahead: 3 });
    assert.deepEqual([...map.places], [0, 6, 9]);
    assert.equal(map.verbatim[2], 0);
    assert.deepEqual(
      Array.from(map.logProbability, (value) => Number.isNaN(value)),
      [false, false, true],
    );
    model.dispose();
  });

  it("leaves no tensors behind, and tells its progress to the end", async () => {
    const told: Progress[] = [];
    const { numTensors } = tf.memory();
    await mapOfBook(training.model, book, { stride: 97, context: 20, onProgress: (one) => told.push(one) });
    assert.equal(tf.memory().numTensors, numTensors);
    const { label, done, total, unit } = told[told.length - 1];
    assert.deepEqual([label, unit, done], ["Map of A goat at sea", "tokens", total]);
  });

  it("refuses what it cannot map", async () => {
    await assert.rejects(mapOfBook(training.model, book, { stride: 0 }), {
      message: "Expected `stride` to be a whole number of at least 1, got 0",
    });
    await assert.rejects(mapOfBook(training.model, textOf("", "Nothing")), {
      message: 'Expected `text` to hold words, got "Nothing", which is empty',
    });
  });
});

/** Writes greedily from each place, and reads what follows it token by token. */
async function assertAsWritten(model: Model, map: BookMap, begin: (place: number) => number): Promise<void> {
  const { content } = map.text;
  for (const [at, place] of map.places.entries()) {
    const from = Math.max(-1, begin(place));
    const prompt = (from < 0 ? "\n" : "") + content.slice(Math.max(0, from), place);
    const length = map.verbatim[at] + 1;
    const written = await write(model, { prompt, temperature: 0, length });
    assert.equal(written.slice(0, -1), content.slice(place, place + length - 1), `from ${place} on`);
    assert.notEqual(written.at(-1), content[place + length - 1], `from ${place} on`);
    const expected = logProbability(model, prompt, content.slice(place, place + map.ahead));
    const found = map.logProbability[at];
    assert.ok(Math.abs(found - expected) < 1e-3, `${found} and ${expected} from ${place} on`);
  }
}

function logProbability(model: Model, prompt: string, text: string): number {
  const writer = new Writer(model);
  writer.read(prompt);
  let sum = 0;
  for (const character of text) {
    const scores = writer.scores().slice(1);
    const id = model.vocabulary.id(character);
    sum += scores[id - 1] - Math.log(scores.reduce((total, score) => total + Math.exp(score), 0));
    writer.take(id);
  }
  writer.dispose();
  return sum;
}
