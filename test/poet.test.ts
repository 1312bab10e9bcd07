import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { inspect } from "node:util";
import { tf } from "../lib/network/tensorflow";
import type { TrainingEvent } from "../lib/train/events";
import { Poet, type Texts } from "../lib/poet";
import { smallLibrary, smallParams as small } from "./train/small";

/** All that follows the size of a text is told. */
const smallParams = { ...small, dropout: 0 };
const [sea, hill] = smallLibrary().texts.map(({ content }) => content);

describe("a poet", () => {
  let folder: string;
  const at = (name: string) => path.join(folder, name);
  const file = (name: string, content: string | Uint8Array) => {
    fs.writeFileSync(at(name), content);
    return at(name);
  };
  before(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), "palimpsest-poet-"))));
  after(() => fs.rmSync(folder, { recursive: true }));

  it("learns one's own file, writes, is saved, and writes the same when it is loaded", async () => {
    const before = tf.memory().numTensors;
    const poet = await Poet.from(file("sea.txt", sea), smallParams);
    await poet.train();
    const texts = await poet.generate(3, { prompt: "the ", length: 30, temperature: [0.2, 0.5, 1] });
    assert.equal(new Set(texts).size, 3);
    for (const text of texts) assert.match(text, /^the .{30}$/s);
    await poet.save(at("poet.palimpsest"));

    const loaded = await Poet.load(at("poet.palimpsest"));
    assert.deepEqual(
      await loaded.generate(3, { prompt: "the ", length: 30, temperature: [0.2, 0.5, 1] }),
      texts,
    );
    assert.deepEqual([loaded.card?.iterations, loaded.card?.texts.length], [20, 1]);
    poet.dispose();
    loaded.dispose();
    assert.equal(tf.memory().numTensors, before);
  });

  it("is loaded from a run's folder too", async () => {
    const poet = await Poet.from(file("sea.txt", sea), smallParams);
    await poet.train({ checkpoints: at("run"), sampleEvery: 0 });
    const loaded = await Poet.load(at("run"));
    assert.deepEqual(await loaded.generate(), await poet.generate());
    poet.dispose();
    loaded.dispose();
  });

  it("goes on after a stop where it was, and after the end with what it knows", async () => {
    const poet = await Poet.from(file("sea.txt", sea), smallParams);
    const stop = new AbortController();
    await poet.train({ signal: stop.signal, logEvery: 5, onEvent: () => stop.abort() });
    assert.equal(poet.training.position.iteration, 5);
    const { id } = poet.training.position;
    const losses = await lossesOf(poet);
    assert.deepEqual([poet.training.position.iteration, poet.training.position.id], [20, id]);
    const more = await lossesOf(poet);
    assert.notEqual(poet.training.position.id, id);
    assert.ok(more[0] < losses[0], `${more[0]} after ${losses[0]}`);
    assert.equal(poet.card?.iterations, 40);
    poet.dispose();
  });

  it("reads its texts so often as it is told", async () => {
    const poet = await Poet.from(file("sea.txt", sea), smallParams);
    const epochs = [];
    for await (const event of poet.events({ epochs: 0.5, sampleEvery: 0, logEvery: 1 }))
      if (event.type === "step") epochs.push(event.epoch);
    assert.ok(Math.abs(epochs[epochs.length - 1] - 0.5) < 1 / poet.training.batches.perEpoch, `${epochs}`);
    poet.dispose();
  });

  it("goes on with other texts, which it learns faster than one that knows nothing, and its card tells of both", async () => {
    const first = await Poet.from(file("sea.txt", sea), { ...smallParams, iterations: 100 });
    await first.train();
    await first.save(at("sea.palimpsest"));
    first.dispose();

    const poet = await Poet.load(at("sea.palimpsest"));
    assert.throws(
      () => poet.training,
      /Expected texts to train on, got none yet: name some, `await poet\.read/,
    );
    await assert.rejects(poet.train(), /Expected texts to train on/);
    await poet.read(file("hill.txt", hill), { ...smallParams, learningRate: 0.01, iterations: 30 });
    const fresh = await Poet.from(file("hill.txt", hill), { ...smallParams, iterations: 30 });
    const [tuned, untaught] = [await lossesOf(poet), await lossesOf(fresh)].map((losses) => losses.pop()!);
    assert.ok(tuned < untaught, `${tuned} and ${untaught}`);
    assert.deepEqual(
      [poet.card?.iterations, poet.card?.texts.map(({ title }) => title)],
      [130, ["sea", "hill"]],
    );
    poet.dispose();
    fresh.dispose();
  });

  it("learns other texts as their size asks for, unless told, and says so", async () => {
    const poet = await Poet.from(file("sea.txt", sea), { ...smallParams, learningRate: 0.02 });
    await poet.read(file("hill.txt", hill), { dropout: 0.1 });
    const { steps, batchSize, iterations, dropout, learningRate } = poet.training.params;
    assert.deepEqual([steps, batchSize, iterations, dropout, learningRate], [32, 4, 100, 0.1, 0.002]);
    const [size, advice] = poet.training.takeNotices().map(({ text }) => text);
    assert.match(
      size,
      /are a small text, so it is learned with steps 32, batchSize 4 and iterations 100, unless told/,
    );
    assert.match(
      advice,
      /^A network that is trained already learns a small text gently, at a learningRate of 0\.002,/,
    );

    await poet.read({ text: hill.repeat(300), title: "Long" });
    assert.deepEqual(poet.training.params.iterations, 2000);
    assert.deepEqual(poet.training.takeNotices(), []);
    poet.dispose();
  });

  it("keeps what it knows where the other texts cannot be read", async () => {
    const poet = await Poet.from(file("sea.txt", sea), smallParams);
    await poet.train({ epochs: 0.2 });
    const { training } = poet;
    await assert.rejects(poet.read(file("short.txt", "short")), /at least 9 characters/);
    assert.equal(poet.training, training);
    assert.equal((await poet.generate()).length, 1);
    poet.dispose();
  });

  /** What is printed meanwhile. */
  const printed = async (work: () => Promise<unknown>): Promise<string> => {
    const { write } = process.stdout;
    const lines: string[] = [];
    process.stdout.write = (text: string | Uint8Array) => lines.push(String(text)) > 0;
    try {
      await work();
    } finally {
      process.stdout.write = write;
    }
    return lines.join("");
  };

  it("shows how it learns, in lines, unless it is to be silent, and why it ended", async () => {
    const poet = await Poet.from(file("sea.txt", sea), small);
    const told = await printed(() => poet.train({ logEvery: 1, sampleLength: 20, sampleEvery: 10 }));
    assert.match(
      told,
      /characters are a small text, so it is learned with dropout 0\.5, unless told otherwise/,
    );
    assert.match(told, /^epoch .* iteration 1 of 20/m);
    assert.match(told, /temperature 0\.5, iteration 10/);
    assert.match(told, /^validation at iteration 20: /m);
    assert.match(told, /^finished after 20 iterations/m);
    assert.ok(told.split("\n").filter((line) => line.startsWith("epoch")).length < 20);
    assert.equal(await printed(() => poet.train({ silent: true })), "");
    poet.dispose();
  });

  it("says when it was interrupted", async () => {
    const poet = await Poet.from(file("sea.txt", sea), { ...smallParams, iterations: 1e6 });
    const onEvent = ({ iteration }: TrainingEvent) => {
      if (iteration === 10) process.kill(process.pid, "SIGINT");
    };
    const told = await printed(() => poet.train({ onEvent, sampleEvery: 0 }));
    assert.match(told, /^interrupted after \d+ iterations/m);
    poet.dispose();
  });

  it("ends by itself where it begins to learn by heart, with the weights that measured best, and then begins anew", async () => {
    const greedy = { ...smallParams, neurons: 48, batchSize: 8, iterations: 2000, learningRate: 0.05 };
    const poet = await Poet.from(file("sea.txt", sea), { ...greedy, schedule: "constant" });
    const told = await printed(() => poet.train({ sampleEvery: 0, validateEvery: 10 }));
    assert.match(told, /^Validation has been rising since iteration \d+: the network begins to learn/m);
    const [, at] =
      /as validation has not fallen since iteration (\d+); the network is that of/.exec(told) ?? [];
    assert.equal(poet.training.best.iteration, Number(at));
    assert.equal(poet.card?.iterations, Number(at));
    const { id } = poet.training.position;
    await poet.train({ sampleEvery: 0, silent: true, seconds: 0.2 });
    assert.notEqual(poet.training.position.id, id);
    poet.dispose();
  });

  it("prints what it writes as texts, and its layers as a table", async () => {
    const poet = await Poet.from(file("sea.txt", sea), smallParams);
    const texts = await poet.generate(2, { length: 10, prompt: "the\n" });
    assert.equal(inspect(texts), `${texts[0]}\n\n* * *\n\n${texts[1]}`);
    assert.ok(Array.isArray(texts) && texts.map((text) => text.length).every((length) => length === 14));
    assert.match(await printed(async () => poet.summary()), /^lstm_1 \(LSTM\) +\(batch, time, 12\) +1,200$/m);
    poet.dispose();
  });

  it("is loaded by its name as in a shell: pretrained, or a run in data/runs", async () => {
    const poet = await Poet.load("pretrained");
    assert.equal(poet.model.params.neurons, 384);
    poet.dispose();
    const trained = await Poet.from(file("sea.txt", sea), smallParams);
    const here = process.cwd();
    process.chdir(folder);
    try {
      await trained.train({ checkpoints: path.join("data", "runs", "mine"), sampleEvery: 0, silent: true });
      const loaded = await Poet.load("mine");
      assert.equal(loaded.model.size, trained.model.size);
      loaded.dispose();
    } finally {
      process.chdir(here);
    }
    trained.dispose();
  });

  const wrong: [string, () => Texts, RegExp][] = [
    ["a file that is missing", () => at("none.txt"), /^Expected a text in .*none\.txt, found no such file/],
    ["an empty file", () => file("empty.txt", ""), /^Expected a text in .*empty\.txt, found an empty file$/],
    [
      "a file of one character",
      () => file("one.txt", "x"),
      /^Expected a text of at least 65 characters \(`steps` \+ 1\): "one" has 1\. Lower `steps` or add longer texts\.$/,
    ],
    [
      "a file shorter than a window",
      () => file("short.txt", "Too short to learn from."),
      /^Expected a text of at least 65 characters .*: "short" has 19\. /,
    ],
    [
      "binary data",
      () => file("cat.png", Buffer.from([0x89, 0x50, 0, 0, 1])),
      /^Expected plain text in .*cat\.png, found binary data \(NUL bytes\): give a text, or a \.docx, .* file$/,
    ],
    [
      "a column that is not there",
      () => ({ file: file("a.csv", "id,body\n1,One\n"), column: "text" }),
      /^Expected the columns "text" in .*a\.csv, which has "id", "body"$/,
    ],
    [
      "a label that is not there",
      () => ({ file: file("a.csv", "id,body\n1,One\n"), column: "body", labels: ["author"] }),
      /^Expected the columns "body", "author" in .*a\.csv, which has "id", "body"$/,
    ],
    [
      "a table of several columns of which none is named",
      () => file("b.csv", "id,body\n1,One\n"),
      /^Expected `column` of the table .*b\.csv to be one of "id", "body", got none: \{ file: ".*b\.csv", column: "body" \}, in a shell --column body$/,
    ],
    ["no texts at all", () => [], /^Expected a library of at least one text, got none$/],
  ];
  for (const [what, texts, message] of wrong) {
    it(`refuses ${what}`, async () => {
      const before = tf.memory().numTensors;
      await assert.rejects(async () => Poet.from(texts()), { message });
      assert.equal(tf.memory().numTensors, before);
    });
  }

  it("refuses a prompt that it knows nothing of", async () => {
    const poet = await Poet.from(file("sea.txt", sea), smallParams);
    await assert.rejects(
      poet.generate(1, { prompt: "ЖЖ" }),
      /Expected characters in `prompt` .* got none in "ЖЖ"/,
    );
    poet.dispose();
  });

  it("refuses to be loaded from a text, or from nothing", async () => {
    await assert.rejects(
      Poet.load(file("sea.txt", sea)),
      /Expected a network in .*sea\.txt, .*got something else/,
    );
    await assert.rejects(Poet.load(at("nowhere")), /Expected a checkpoint or a run .*nowhere, found none/);
  });
});

/** Trains and tells the losses. */
async function lossesOf(poet: Poet): Promise<number[]> {
  const losses: number[] = [];
  const onEvent = (event: TrainingEvent) => {
    if (event.type === "step") losses.push(event.crossEntropy);
  };
  await poet.train({ logEvery: 5, sampleEvery: 0, onEvent, silent: true });
  return losses;
}
