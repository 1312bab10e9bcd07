import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import fc from "fast-check";
import { strFromU8, unzipSync } from "fflate";
import { readHdf5 } from "../../../lib/network/keras/hdf5";
import { importKeras } from "../../../lib/network/keras/import";
import { saveKeras } from "../../../lib/network/keras/keras-file";
import { saveLayersModel } from "../../../lib/network/keras/layers-model";
import { Model } from "../../../lib/network/model";
import type { Params } from "../../../lib/train/params";
import { disposeState } from "../../../lib/network/state";
import { tf, type Tensor2D } from "../../../lib/network/tensorflow";
import { Vocabulary } from "../../../lib/text/tokens/vocabulary";
import { assertSame, characters, trained } from "./small-networks";

const manyCharacters = Vocabulary.of(["abcdefghijklmnopqrstuvwxyz ,.-!?"]);
const words = Vocabulary.of(["a rose is a rose, is a rose."], { level: "words" });
const subwords = Vocabulary.of(["a rose is a rose ".repeat(9)], { level: "subwords" });

/** One for each thing that a network with a counterpart in Keras may have. */
const networks: Record<string, [Partial<Params>, Vocabulary]> = {
  plain: [{ layers: 1 }, characters],
  deep: [{ layers: 3 }, characters],
  "with skip connections": [{ layers: 3, skipConnections: true }, characters],
  "with an embedding": [{ embedding: 5 }, characters],
  "with an embedding that the head reads": [
    { embedding: 5, skipEmbedding: true, skipConnections: true },
    characters,
  ],
  "of words": [{ level: "words" }, words],
  "of pieces of words": [{ level: "subwords" }, subwords],
  "with more tokens than gates": [{ neurons: 2, skipConnections: true }, manyCharacters],
};
const ids = [
  [1, 2, 3, 4, 5, 6, 0],
  [3, 3, 0, 1, 6, 5, 2],
];

describe("a network in Keras' files", () => {
  let folder: string;
  before(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), "palimpsest-keras-test-"))));
  after(() => fs.rmSync(folder, { recursive: true }));

  for (const [name, [params, vocabulary]] of Object.entries(networks)) {
    it(`${name}: has the same outputs in stock TensorFlow.js, and comes back bit for bit`, async () => {
      const model = await trained(params, vocabulary);
      const place = path.join(folder, name);
      await saveLayersModel(model, place);
      const apart = difference(await stockOutputs(place), outputs(model));
      if (process.env.PALIMPSEST_KERAS_FIGURES) console.log(`      TensorFlow.js: ${apart} apart`);
      assert.ok(apart <= 1e-5, `${apart} apart`);
      await assertSame(await importKeras(place), model);
      model.dispose();
    });

    it(`${name}: is a .keras file that has Keras 3's layout, and comes back bit for bit`, async () => {
      const model = await trained(params, vocabulary);
      const file = path.join(folder, `${name}.keras`);
      await saveKeras(model, file);
      const entries = unzipSync(fs.readFileSync(file));
      assert.deepEqual(Object.keys(entries), [
        "metadata.json",
        "config.json",
        "model.weights.h5",
        "palimpsest.json",
      ]);
      const { config } = JSON.parse(strFromU8(entries["config.json"])) as {
        config: { output_layers: unknown };
      };
      assert.deepEqual(config.output_layers, ["head", 0, 0]);
      const weights = path.join(folder, "weights.h5");
      fs.writeFileSync(weights, entries["model.weights.h5"]);
      const { layers, neurons } = model.params;
      const cells = Array.from(
        { length: layers },
        (_, layer) => `layers/lstm${layer ? `_${layer}` : ""}/cell/vars`,
      );
      const found = await readHdf5(fs.readFileSync(weights), [
        ...cells,
        "layers/dense/vars",
        "layers/embedding/vars",
      ]);
      for (const cell of found.slice(0, layers))
        assert.deepEqual(
          cell.slice(1).map(({ shape }) => shape),
          [[neurons, 4 * neurons], [4 * neurons]],
        );
      assert.deepEqual(found[layers][1].shape, [vocabulary.size]);
      assert.equal(found[layers + 1][0].shape[0], vocabulary.size);
      await assertSame(await importKeras(file), model);
      model.dispose();
    });

    it(`${name}: has the same outputs in Keras`, async function () {
      const python = process.env.PALIMPSEST_KERAS_PYTHON;
      if (!python) {
        console.log("      set PALIMPSEST_KERAS_PYTHON to a Python that has Keras 3 to compare with it");
        return this.skip();
      }
      const model = await trained(params, vocabulary);
      const file = path.join(folder, `${name}.keras`);
      await saveKeras(model, file);
      const apart = difference(keras(python, "open", file), outputs(model));
      console.log(`      Keras: ${apart} apart`);
      assert.ok(apart <= 1e-5, `${apart} apart`);
      model.dispose();
    });
  }

  it("is read where Keras wrote it, with its own names, without biases, and in another order of rows", async function () {
    const python = process.env.PALIMPSEST_KERAS_PYTHON;
    if (!python) return this.skip();
    const file = path.join(folder, "theirs.keras");
    const expected = keras(python, "write", file);
    const model = await importKeras(file, { vocabulary: Vocabulary.of(["abcdef"]) });
    const apart = difference(expected, outputs(model));
    console.log(`      Keras: ${apart} apart`);
    assert.ok(apart <= 1e-5, `${apart} apart`);
    assert.deepEqual([model.params.skipConnections, model.params.embedding], [true, 5]);
    await assert.rejects(importKeras(file), /Expected a vocabulary of 7 tokens.*got none/);
    model.dispose();
  });

  for (const precision of ["float16", "bfloat16"]) {
    it(`is read where Keras wrote it in ${precision}, with a wrapped dense layer`, async function () {
      const python = process.env.PALIMPSEST_KERAS_PYTHON;
      if (!python) return this.skip();
      const file = path.join(folder, `${precision}.keras`);
      const expected = keras(python, "write-halves", file, precision);
      const model = await importKeras(file, { vocabulary: Vocabulary.of(["abcdef"]) });
      const apart = difference(expected, outputs(model));
      console.log(`      Keras: ${apart} apart`);
      assert.ok(apart <= 1e-2, `${apart} apart`);
      model.dispose();
    });
  }

  it("gives probabilities where they are asked for", async () => {
    const model = await trained({ layers: 1 }, characters);
    const place = path.join(folder, "softmax");
    await saveLayersModel(model, place, { softmax: true });
    const sums = rows(await stockOutputs(place), characters.size).map((row) =>
      row.reduce((sum, value) => sum + value, 0),
    );
    sums.forEach((sum) => assert.ok(Math.abs(sum - 1) < 1e-5));
    await assertSame(await importKeras(place), model);
    model.dispose();
  });

  it("comes back bit for bit, whatever its shape", async () => {
    const shapes = fc.record({
      neurons: fc.integer({ min: 1, max: 4 }),
      layers: fc.integer({ min: 1, max: 3 }),
      skipConnections: fc.boolean(),
      embedding: fc.integer({ min: 0, max: 4 }),
      skipEmbedding: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(shapes, fc.constantFrom(characters, manyCharacters), async (shape, vocabulary) => {
        const params = { ...shape, skipEmbedding: shape.skipEmbedding && shape.embedding > 0 };
        const model = await trained(params, vocabulary);
        const place = path.join(folder, "shape");
        await saveLayersModel(model, place);
        await saveKeras(model, `${place}.keras`);
        await assertSame(await importKeras(place), model);
        await assertSame(await importKeras(`${place}.keras`), model);
        model.dispose();
      }),
      { numRuns: 20 },
    );
  });

  it("says what doesn't carry over, and writes nothing then", async () => {
    const model = await Model.create({ neurons: 2, layers: 1, attention: true, steps: 4 }, characters);
    const file = path.join(folder, "attention.keras");
    await assert.rejects(saveKeras(model, file), /doesn't carry over: `attention`/);
    await assert.rejects(saveLayersModel(model, `${file}-folder`), /doesn't carry over: `attention`/);
    assert.equal(fs.existsSync(file) || fs.existsSync(`${file}-folder`), false);
    model.dispose();
  });
});

/** The scores after each of `ids`, row by row. */
function outputs(model: Model): Float32Array {
  return tf.tidy(() => {
    const { logits, state } = model.read(tf.tensor2d(ids, undefined, "int32").transpose() as Tensor2D, {
      ...model.zeroState(ids.length),
    });
    disposeState(state);
    const scores = logits.reshape([ids[0].length, ids.length, model.vocabulary.size]);
    return scores.transpose([1, 0, 2]).dataSync<"float32">().slice() as never;
  }) as unknown as Float32Array;
}

/** Those of stock TensorFlow.js, which has its own layers and knows nothing of this project. */
async function stockOutputs(place: string): Promise<Float32Array> {
  const stock = createRequire(__filename)("@tensorflow/tfjs") as typeof tf;
  const json = JSON.parse(fs.readFileSync(path.join(place, "model.json"), "utf8")) as {
    modelTopology: object;
    weightsManifest: { paths: string[]; weights: never[] }[];
  };
  const [{ paths, weights }] = json.weightsManifest;
  const model = await stock.loadLayersModel(
    stock.io.fromMemory({
      modelTopology: json.modelTopology,
      weightSpecs: weights,
      weightData: Uint8Array.from(fs.readFileSync(path.join(place, paths[0]))).buffer,
    }),
  );
  const given = stock.tensor2d(ids, undefined, "int32");
  const scores = model.predict(given) as Tensor2D;
  const values = scores.dataSync<"float32">().slice();
  stock.dispose([given, scores]);
  model.dispose();
  return values;
}

function keras(
  python: string,
  what: "open" | "write" | "write-halves",
  file: string,
  precision = "float32",
): Float32Array {
  const script = path.join(__dirname, "outputs.py");
  const printed = execFileSync(python, [script, what, file, JSON.stringify(ids), precision], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    env: { ...process.env, CUDA_VISIBLE_DEVICES: "" },
  });
  const lines = printed.trim().split("\n");
  return Float32Array.from((JSON.parse(lines[lines.length - 1]) as number[][][]).flat(2));
}

function difference(one: Float32Array, other: Float32Array): number {
  assert.equal(one.length, other.length);
  return one.reduce((most, value, index) => Math.max(most, Math.abs(value - other[index])), 0);
}

function rows(values: Float32Array, width: number): Float32Array[] {
  return Array.from({ length: values.length / width }, (_, row) =>
    values.slice(row * width, (row + 1) * width),
  );
}
