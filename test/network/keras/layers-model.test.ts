import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { importKeras } from "../../../lib/network/keras/import";
import { saveLayersModel } from "../../../lib/network/keras/layers-model";
import { Model } from "../../../lib/network/model";
import { tf } from "../../../lib/network/tensorflow";
import { assertSame, characters, trained } from "./small-networks";

describe("a network in a folder of TensorFlow.js", () => {
  let folder: string;
  before(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), "palimpsest-keras-test-"))));
  after(() => fs.rmSync(folder, { recursive: true }));

  /** A folder, its `model.json`, what is in that, and the file of weights that it names. */
  async function saved(name: string, shape: Parameters<typeof trained>[0]) {
    const model = await trained(shape, characters);
    const place = path.join(folder, name);
    await saveLayersModel(model, place);
    const file = path.join(place, "model.json");
    const json = fs.readFileSync(file, "utf8");
    const [own] = /weights-\w+\.bin/.exec(json)!;
    return { model, place, file, json, own };
  }

  it("is refused where a link leads out of its folder, or a pipe waits for a writer", async () => {
    const { model, place, file, json, own } = await saved("linked", { layers: 1 });
    fs.renameSync(path.join(place, own), path.join(folder, "elsewhere.bin"));
    fs.symlinkSync(path.join(folder, "elsewhere.bin"), path.join(place, "link.bin"));
    fs.symlinkSync(folder, path.join(place, "out"));
    for (const [name, reason] of [
      ["link.bin", /link\.bin as it was written, but it is a link to somewhere else/],
      ["out/elsewhere.bin", /Expected weights beside .*model\.json, but it names "out\/elsewhere\.bin"/],
    ] as const) {
      fs.writeFileSync(file, json.replace(own, name));
      await assert.rejects(importKeras(place), reason);
    }
    if (process.platform !== "win32") {
      execFileSync("mkfifo", [path.join(place, "pipe.bin")]);
      fs.writeFileSync(file, json.replace(own, "pipe.bin"));
      await assert.rejects(importKeras(place), /pipe\.bin as it was written, but it is no file/);
    }
    model.dispose();
  });

  it("is refused where it names a file again and again, where its weights are no numbers, and as a graph model", async () => {
    const { model, place, file, json, own } = await saved("claims", { layers: 1 });
    fs.copyFileSync(path.join(place, own), path.join(place, "a.bin"));
    fs.writeFileSync(file, json.replace(`"${own}"`, '"a.bin","./a.bin"'));
    await assert.rejects(importKeras(place), /to name each of its files once, got \.\/a\.bin again/);
    const harmed = fs.readFileSync(path.join(place, own));
    harmed.writeFloatLE(NaN, harmed.length - 4);
    fs.writeFileSync(path.join(place, "a.bin"), harmed);
    fs.writeFileSync(file, json.replace(own, "a.bin"));
    const before = tf.memory().numTensors;
    await assert.rejects(importKeras(place), /model\.json: Expected finite numbers in head\/bias/);
    assert.equal(tf.memory().numTensors, before);
    fs.writeFileSync(file, JSON.stringify({ format: "graph-model", modelTopology: {}, weightsManifest: [] }));
    await assert.rejects(importKeras(place), /model\.json, got a graph model.*Save the network in Python/);
    model.dispose();
  });

  it("is refused where weights have other sides than its layers", async () => {
    const { model, place, file, json, own } = await saved("sides", { layers: 1, embedding: 5 });
    fs.copyFileSync(path.join(place, own), path.join(place, "a.bin"));
    fs.writeFileSync(file, json.replace(own, "a.bin").replace('"shape":[5,16]', '"shape":[80]'));
    await assert.rejects(
      importKeras(place),
      /weights of 2, 2, 1 sides of the layer "lstm_0" \(LSTM\).*\[80\]/,
    );
    const rows = json.replace(own, "a.bin").replace('"shape":[5,16]', '"shape":[4,20]');
    fs.writeFileSync(file, rows);
    await assert.rejects(importKeras(place), /Expected 5 rows in the kernel of "lstm_0", got 4/);
    model.dispose();
  });

  it("opens, whoever was last, where several have saved one at once in the same folder", async () => {
    const models = await Promise.all([1, 2, 3].map((seed) => Model.create({ neurons: 4, seed }, characters)));
    for (let count = 0; count < 20; count++) {
      const place = path.join(folder, `shared-${count}`);
      await Promise.all(models.map((model) => saveLayersModel(model, place)));
      (await importKeras(place)).dispose();
    }
    for (const model of models) model.dispose();
  });

  it("is saved in the place of an older one, whose weights go, and those of a save that was killed long ago", async () => {
    const place = path.join(folder, "again");
    const models = await Promise.all([1, 2].map((seed) => Model.create({ neurons: 4, seed }, characters)));
    await saveLayersModel(models[0], place);
    const killed = path.join(place, `weights-${"0".repeat(16)}.bin`);
    fs.writeFileSync(killed, "");
    fs.utimesSync(killed, 1, 1);
    await saveLayersModel(models[1], place);
    assert.equal(fs.readdirSync(place).length, 2);
    await assertSame(await importKeras(place), models[1]);
    for (const model of models) model.dispose();
  });

  it("is refused where it is not as it was written, with the file", async () => {
    const { model, place, file, json } = await saved("damaged", { layers: 2 });
    const before = tf.memory().numTensors;
    for (const [from, to, reason] of [
      [
        '"vocabulary":{"characters":"',
        '"vocabulary":{"characters":"\u2603',
        /the checksum of its vocabulary and params/,
      ],
      ['"name":"lstm_1/recurrent_kernel"', '"name":"lstm_1/recurvent_kernel"', /not those of its layers/],
      ['"userDefinedMetadata"', '"userDefinedMetadatb"', /Expected a vocabulary of/],
    ] as const) {
      assert.ok(json.includes(from), from);
      fs.writeFileSync(file, json.replace(from, to));
      await assert.rejects(
        importKeras(place),
        ({ message }: Error) => message.includes(file) && reason.test(message),
      );
    }
    fs.writeFileSync(file, json);
    const weights = path.join(
      place,
      fs.readdirSync(place).find((name) => name.startsWith("weights-"))!,
    );
    fs.writeFileSync(
      weights,
      fs.readFileSync(weights).map((byte) => byte ^ 1),
    );
    await assert.rejects(importKeras(place), ({ message }: Error) => message.includes(weights));
    assert.equal(tf.memory().numTensors, before);
    model.dispose();
  });
});
