import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { write } from "../../../lib/generate/generate";
import { tf } from "../../../lib/network/tensorflow";
import { loadModel } from "../../../lib/train/saved/checkpoint";
import { cardOf } from "../../../lib/train/saved/card";
import { readCard, readModel, saveModel } from "../../../lib/train/saved/model-file";
import { Training } from "../../../lib/train/training";
import { eventsOf, smallLibrary, smallParams, weightsOf } from "../small";

describe("a model file", () => {
  let folder: string;
  let training: Training;
  before(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "palimpsest-model-"));
    training = await Training.start(smallLibrary(), { ...smallParams, embedding: 3, attention: true });
    await eventsOf(training, { validateEvery: 10, sampleEvery: 0 });
  });
  after(() => {
    training.dispose();
    fs.rmSync(folder, { recursive: true });
  });

  it("holds the network, bit for bit, and its card", async () => {
    const file = path.join(folder, "poet.palimpsest");
    await saveModel(training.model, file, { card: cardOf(training, "a test") });
    const { model, card } = await readModel(file);
    assert.deepEqual(model.params, training.model.params);
    assert.ok(model.vocabulary.equals(training.model.vocabulary));
    assert.deepEqual(weightsOf({ model } as Training), weightsOf(training));
    assert.deepEqual(
      [card?.iterations, card?.note, card?.texts.map(({ title }) => title)],
      [20, "a test", ["Sea", "Hill"]],
    );
    const validation = training.position.history.filter((entry) => entry.type === "validation").pop();
    assert.equal(card?.validation, validation?.crossEntropy);
    model.dispose();
  });

  it("is opened by loadModel, and writes what the network writes", async () => {
    const file = path.join(folder, "poet.palimpsest");
    await saveModel(training.model, file);
    const model = await loadModel(file);
    assert.equal(await write(model, { length: 60 }), await write(training.model, { length: 60 }));
    await assert.rejects(loadModel(file, { params: { neurons: 13 } }), /`neurons` is 13 here and 12 there/);
    model.dispose();
  });

  it("takes half the room in half precision, each weight rounded by a part in 2,048 at most", async () => {
    const [whole, half] = ["fp32", "fp16"].map((name) => path.join(folder, name));
    await saveModel(training.model, whole, { precision: "fp32" });
    await saveModel(training.model, half, { precision: "fp16" });
    assert.equal(fs.statSync(whole).size - fs.statSync(half).size, 2 * training.model.size);
    const { model } = await readModel(half);
    const rounded = weightsOf({ model } as Training);
    for (const [name, weights] of Object.entries(weightsOf(training))) {
      weights.forEach((weight, index) =>
        assert.ok(Math.abs(rounded[name][index] - weight) <= Math.abs(weight) / 2048 + 2 ** -25, name),
      );
    }
    model.dispose();
  });

  it("takes a quarter of the room in eight bits, where rows of matrices have a scale each and all else is as it was", async () => {
    const [whole, rows] = ["fp32", "int8"].map((name) => path.join(folder, name));
    await saveModel(training.model, whole, { precision: "fp32" });
    await saveModel(training.model, rows, { precision: "int8" });
    const { model } = await readModel(rows);
    const rounded = weightsOf({ model } as Training);
    let saved = 0;
    for (const [name, { shape }] of model.weights) {
      const weights = weightsOf(training)[name];
      const width = shape.length > 1 ? shape[shape.length - 1] : 1;
      if (width > 1) saved += 3 * weights.length - (4 * weights.length) / width;
      weights.forEach((weight, index) => {
        const start = index - (index % width);
        const largest = Math.max(...weights.slice(start, start + width).map(Math.abs));
        const most = width > 1 ? (largest / 254) * (1 + 1e-5) : 0;
        assert.ok(Math.abs(rounded[name][index] - weight) <= most, name);
      });
    }
    assert.equal(fs.statSync(whole).size - fs.statSync(rows).size, saved);
    model.dispose();
  });

  it("is refused where it is none, ends early, or is from another palimpsest, and takes no memory then", async () => {
    const file = path.join(folder, "broken.palimpsest");
    await saveModel(training.model, file);
    const content = fs.readFileSync(file);
    const before = tf.memory().numTensors;
    for (const [broken, reason] of [
      [Buffer.from("Once upon a time"), /Expected a network in .*, got something else/],
      [content.subarray(0, -4), /Expected .*broken.* as it was written, but its checksum does not fit/],
      [content.subarray(0, 100), /Expected .*broken.* as it was written, but it ends early.* copy it again/],
      [
        Buffer.from(content.toString("latin1").replace("palimps2", "palimps9"), "latin1"),
        /format 2 in .*, got "9"/,
      ],
    ] as const) {
      fs.writeFileSync(file, broken);
      await assert.rejects(loadModel(file), reason);
    }
    assert.equal(tf.memory().numTensors, before);
  });

  it("is named where a folder stands in its place", async () => {
    for (const read of [readModel, readCard])
      await assert.rejects(read(folder), (error: Error) =>
        error.message.startsWith(`${folder} cannot be loaded`),
      );
  });

  it("stays as it was where a weight is too large for half precision", async () => {
    const file = path.join(folder, "large.palimpsest");
    await saveModel(training.model, file);
    const before = fs.readFileSync(file);
    const { model } = await readModel(file);
    const bias = model.weights.variables[model.weights.variables.length - 1];
    tf.tidy(() => bias.assign(tf.fill(bias.shape, 1e6)));
    await assert.rejects(saveModel(model, file, { precision: "fp16" }), /save with precision "fp32"/);
    assert.deepEqual(fs.readFileSync(file), before);
    model.dispose();
  });
});
