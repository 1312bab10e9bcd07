import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { importKeras } from "../../../lib/network/keras/import";
import { saveLayersModel } from "../../../lib/network/keras/layers-model";
import { tf } from "../../../lib/network/tensorflow";
import { assertSame, characters, trained } from "./small-networks";

describe("a network of others' in Keras' files", () => {
  let folder: string;
  before(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), "palimpsest-keras-test-"))));
  after(() => fs.rmSync(folder, { recursive: true }));

  const renamed: Record<string, (name: string, index: number) => string> = {
    "with the model's name before them": (name) => `sequential/${name}`,
    "with the cell's name between": (name) => name.replace(/^(lstm_\d)\//, "$1/lstm_cell/"),
    "by the groups of a .keras file, as the converter leaves them": (_name, index) => {
      const groups = [
        "embedding/vars/0",
        ...["lstm", "lstm_1"].flatMap((lstm) => [0, 1, 2].map((at) => `${lstm}/cell/vars/${at}`)),
        ...["dense/vars/0", "dense/vars/1"],
      ];
      return `layers/${groups[index]}`;
    },
    "by numbers that are not the layers'": (_name, index) => `model_7/weight_${index}`,
  };
  for (const [how, rename] of Object.entries(renamed)) {
    it(`is read from a folder of TensorFlow.js whose weights are named ${how}`, async () => {
      const model = await trained({ layers: 2, embedding: 5 }, characters);
      const place = path.join(folder, "renamed");
      await saveLayersModel(model, place);
      renameWeights(place, rename);
      await assertSame(await importKeras(place), model);
      model.dispose();
    });
  }

  it("names the weights that are there where none fit", async () => {
    const model = await trained({ layers: 1, embedding: 5 }, characters);
    const place = path.join(folder, "fewer");
    await saveLayersModel(model, place);
    renameWeights(place, (name, index) => (index === 0 ? `a/${name}` : "b/c"));
    await assert.rejects(importKeras(place), /Expected weights for the layers .*"lstm_0".* found .*b\/c/);
    model.dispose();
  });

  it("is read where its dense layer is wrapped into TimeDistributed", async () => {
    const model = await trained({ layers: 1, embedding: 5 }, characters);
    const place = path.join(folder, "wrapped");
    await saveLayersModel(model, place);
    const file = path.join(place, "model.json");
    const json = JSON.parse(fs.readFileSync(file, "utf8")) as {
      modelTopology: { config: { layers: { class_name: string; config: object }[] } };
    };
    const { layers } = json.modelTopology.config;
    const { class_name, config } = layers[layers.length - 1];
    layers[layers.length - 1].class_name = "TimeDistributed";
    layers[layers.length - 1].config = {
      name: "head",
      layer: { class_name, config: { ...config, name: "dense" } },
    };
    fs.writeFileSync(file, JSON.stringify(json));
    await assertSame(await importKeras(place), model);
    model.dispose();
  });

  const additions: Record<string, object> = {
    GaussianNoise: { class_name: "GaussianNoise", config: { stddev: 0.1 } },
    "a linear activation": { class_name: "Activation", config: { activation: "linear" } },
    "a wrapped Dropout": {
      class_name: "TimeDistributed",
      config: { layer: { class_name: "Dropout", config: { name: "dropout" } } },
    },
  };
  for (const [what, layer] of Object.entries(additions)) {
    it(`is read where it also has ${what}, which does nothing outside of training`, async () => {
      const model = await trained({ layers: 1, embedding: 5 }, characters);
      const place = path.join(folder, what);
      await saveLayersModel(model, place);
      changeLayers(place, (layers) => {
        const head = layers[layers.length - 1];
        const { config } = layer as { config: object };
        layers.splice(-1, 0, {
          ...layer,
          name: "added",
          config: { ...config, name: "added" },
          inbound_nodes: head.inbound_nodes,
        });
        head.inbound_nodes = [[["added", 0, 0, {}]]];
      });
      await assertSame(await importKeras(place), model);
      model.dispose();
    });
  }

  it("says how to convert a SavedModel, an old HDF5 file, and layers that are none of ours", async () => {
    const saved = path.join(folder, "saved");
    fs.mkdirSync(saved);
    fs.writeFileSync(path.join(saved, "saved_model.pb"), "");
    await assert.rejects(importKeras(saved), /found a SavedModel of TensorFlow\. Save the network in Python/);
    const old = path.join(folder, "old.h5");
    fs.writeFileSync(old, Buffer.from("\x89HDF\r\n\x1a\n and more", "latin1"));
    await assert.rejects(importKeras(old), /old\.h5, got an HDF5 file.*Convert it in Python/);
    const model = await trained({ layers: 1 }, characters);
    const place = path.join(folder, "both-ways");
    await saveLayersModel(model, place);
    const file = path.join(place, "model.json");
    const json = fs.readFileSync(file, "utf8");
    fs.writeFileSync(file, json.replace('"class_name":"LSTM"', '"class_name":"Bidirectional"'));
    await assert.rejects(importKeras(place), /both-ways.*reads both ways.*`bidirectional: true`/);
    fs.writeFileSync(file, json.replace(/"weights-\w+\.bin"/, '"../weights.bin"'));
    await assert.rejects(importKeras(place), /Expected weights beside .*model\.json, but it names/);
    fs.writeFileSync(file, json.slice(0, 100));
    await assert.rejects(importKeras(place), /model\.json, got no JSON/);
    model.dispose();
  });

  it("is refused where its layers are others, with the layer", async () => {
    const model = await trained({ layers: 2 }, characters);
    const place = path.join(folder, "others");
    await saveLayersModel(model, place);
    const file = path.join(place, "model.json");
    const json = fs.readFileSync(file, "utf8");
    const before = tf.memory().numTensors;
    for (const [from, to, reason] of [
      ['"class_name":"LSTM"', '"class_name":"GRU"', /"lstm_0" \(GRU\) doesn't carry over/],
      [
        '"recurrent_activation":"sigmoid"',
        '"recurrent_activation":"hard_sigmoid"',
        /`recurrent_activation` sigmoid/,
      ],
      ['"input_dim"', '"mask_zero":true,"input_dim"', /`mask_zero` false/],
      ['[["lstm_0",0,0,{}]]', '[["one_hot",0,0,{}]]', /Expected "lstm_1" to read the LSTM below it/],
      ['"class_name":"Model"', '"class_name":"Graph"', /of the class Graph/],
    ] as const) {
      assert.ok(json.includes(from), from);
      fs.writeFileSync(file, json.replace(from, to));
      await assert.rejects(importKeras(place), reason);
    }
    fs.writeFileSync(`${place}.keras`, "Once upon a time");
    await assert.rejects(importKeras(`${place}.keras`), /Expected a file of Keras 3 .*, got something else/);
    await assert.rejects(importKeras(path.join(folder, "none.keras")), /found nothing/);
    assert.equal(tf.memory().numTensors, before);
    model.dispose();
  });
});

interface WrittenLayer {
  class_name?: string;
  name?: string;
  config?: object;
  inbound_nodes?: unknown;
}

/** Changes the layers of a folder of TensorFlow.js. */
function changeLayers(place: string, change: (layers: WrittenLayer[]) => void): void {
  const file = path.join(place, "model.json");
  const json = JSON.parse(fs.readFileSync(file, "utf8")) as {
    modelTopology: { config: { layers: WrittenLayer[] } };
  };
  change(json.modelTopology.config.layers);
  fs.writeFileSync(file, JSON.stringify(json));
}

/** Gives the weights of a folder of TensorFlow.js other names. */
function renameWeights(place: string, rename: (name: string, index: number) => string): void {
  const file = path.join(place, "model.json");
  const json = JSON.parse(fs.readFileSync(file, "utf8")) as {
    weightsManifest: { weights: { name: string }[] }[];
  };
  for (const { weights } of json.weightsManifest)
    weights.forEach((weight, index) => (weight.name = rename(weight.name, index)));
  fs.writeFileSync(file, JSON.stringify(json));
}
