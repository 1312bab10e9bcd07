import assert from "node:assert/strict";
import { goOn } from "../../lib/generate/generate";
import { derivedSeed } from "../../lib/generate/many";
import { synthesize, type Turn } from "../../lib/generate/synthesize";
import { Writer } from "../../lib/generate/writer";
import { Model } from "../../lib/network/model";
import { tf } from "../../lib/network/tensorflow";
import { Vocabulary } from "../../lib/text/tokens/vocabulary";

describe("synthesize", () => {
  let models: Model[];
  let tensors: number;
  before(async () => {
    models = [
      await Model.create({ neurons: 8 }, Vocabulary.of(["abcd \n"])),
      await Model.create({ neurons: 9, seed: 2 }, Vocabulary.of(["cdefg \n"])),
    ];
    tensors = tf.memory().numTensors;
  });
  afterEach(() => assert.equal(tf.memory().numTensors, tensors, "tensors are left behind"));
  after(() => models.forEach((model) => model.dispose()));

  async function turnsOf(options: Parameters<typeof synthesize>[1]): Promise<Turn[]> {
    const turns: Turn[] = [];
    for await (const turn of synthesize(models, options)) turns.push(turn);
    return turns;
  }

  it("lets the models write in turns, each in its own characters", async () => {
    const turns = await turnsOf({ turns: 5, length: 30 });
    assert.deepEqual(
      turns.map(({ model }) => model),
      [0, 1, 0, 1, 0],
    );
    for (const { model, text } of turns) assert.match(text, model ? /^[cdefg \n]{30}$/ : /^[abcd \n]{30}$/);
    assert.deepEqual(await turnsOf({ turns: 5, length: 30 }), turns);
  });

  it("lets each model read what the others wrote", async () => {
    const turns = await turnsOf({ turns: 3, length: 20, prompt: "a" });
    const writer = new Writer(models[0]);
    writer.read(`a${turns[0].text}${turns[1].text}`);
    let text = "";
    for await (const piece of goOn(writer, { length: 20, seed: derivedSeed(1, 2) })) text += piece;
    writer.dispose();
    assert.equal(text, turns[2].text);
  });

  it("ends a turn after a stop, as after each word", async () => {
    for (const { text } of await turnsOf({ turns: 8, length: 40, stop: [" ", "\n"] })) {
      assert.match(text, /^[^ \n]*[ \n]$|^[^ \n]{40}$/);
    }
  });

  it("echoes what makes no sense", async () => {
    await assert.rejects(synthesize([]).next(), /Expected at least one model, got none/);
    await assert.rejects(turnsOf({ turns: 0.5 }), /Expected `turns` to be a whole number, got 0.5/);
  });
});
