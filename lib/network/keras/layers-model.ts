/** The folder that TensorFlow.js opens by `tf.loadLayersModel`: `model.json`, and a file of weights that it names. */
import { createHash } from "node:crypto";
import { existsSync, realpathSync } from "node:fs";
import { readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { BrokenFile, fetchAgain } from "../../base/files/checksum";
import { writeWhole } from "../../base/files/atomic-write";
import { readOwn } from "../../base/files/read-safely";
import type { Model } from "../model";
import { tf, type WeightSpecs } from "../tensorflow";
import { kerasLayers, type KerasLayer, type KerasOptions, type Weight } from "./layers";
import { noteOf, type Note } from "./note";
import { layersOfTopology, type ReadLayer, type Topology } from "./topology";
import { weightsByLayer } from "./weights-by-layer";

interface ModelJson {
  readonly format?: string;
  readonly modelTopology: Topology;
  readonly weightsManifest: readonly { readonly paths: readonly string[]; readonly weights: WeightSpecs }[];
  readonly userDefinedMetadata?: { readonly palimpsest?: Note };
}

const ownWeights = /^weights-([0-9a-f]{16})\.bin$/;

/**
 * Writes a network into a folder as TensorFlow.js has it: `tf.loadLayersModel` opens its `model.json`, in Node and in a
 * browser. The weights' file is named for what is in it, so that `model.json`, which is written last, never names others.
 * Vocabulary and params go along as `model.getUserDefinedMetadata().palimpsest`.
 *
 * @returns the files that were written
 * @throws where something of the network has no counterpart there, with its name
 * @example await saveLayersModel(training.model, "data/poet"); // await tf.loadLayersModel("file://data/poet/model.json")
 */
export async function saveLayersModel(
  model: Model,
  folder: string,
  options: KerasOptions = {},
): Promise<string[]> {
  const layers = kerasLayers(model, options);
  const weights = layers.flatMap(({ name: layer, weights }) =>
    Array.from(weights, ([name, weight]) => ({ name: `${layer}/${name}`, ...weight })),
  );
  const content = bytesOf(weights);
  const file = `weights-${hashOf(content)}.bin`;
  const before = await weightsNamedIn(folder);
  const json = {
    format: "layers-model",
    generatedBy: "palimpsest",
    convertedBy: null,
    modelTopology: topologyOf(layers),
    weightsManifest: [
      {
        paths: [file],
        weights: weights.map(({ name, shape }) => ({ name, shape: [...shape], dtype: "float32" as const })),
      },
    ],
    userDefinedMetadata: { palimpsest: noteOf(model) },
  };
  await writeWhole(path.join(folder, file), (part) => writeFile(part, content));
  await writeWhole(path.join(folder, "model.json"), (part) => writeFile(part, JSON.stringify(json)));
  const now = await weightsNamedIn(folder);
  for (const name of await readdir(folder)) {
    if (!ownWeights.test(name) || now.includes(name)) continue;
    const place = path.join(folder, name);
    // No others: they may be those of another writer, whose model.json comes next.
    if (before.includes(name) || (await isAbandoned(place))) await rm(place, { force: true });
  }
  return ["model.json", file].map((name) => path.join(folder, name));
}

const day = 24 * 60 * 60 * 1000;

/** Whether nobody can be about to name weights any more: whoever wrote them was killed. */
async function isAbandoned(file: string): Promise<boolean> {
  const there = await stat(file).catch(() => undefined);
  return there !== undefined && there.mtimeMs < Date.now() - day;
}

/** The files of weights of our writing that the `model.json` of a folder names; none where there is none. */
async function weightsNamedIn(folder: string): Promise<string[]> {
  const json = await readFile(path.join(folder, "model.json"), "utf8").catch(() => "");
  return json.match(/\bweights-[0-9a-f]{16}\.bin\b/g) ?? [];
}

/**
 * The layers of a folder, of TensorFlow.js', its converter's or our writing.
 *
 * @param file its `model.json`
 * @throws where it is none, and where weights of our writing are not what their file's name says
 */
export async function readLayersModel(file: string): Promise<{ layers: ReadLayer[]; note?: Note }> {
  const json = parsed(await readFile(file, "utf8"), file);
  if (json.format === "graph-model")
    throw new Error(
      `Expected a layers model of TensorFlow.js in ${file}, got a graph model, which does not tell of its layers. ` +
        'Save the network in Python: keras.models.load_model("…").save("poet.keras"), and open that file',
    );
  if (!json.modelTopology || !json.weightsManifest)
    throw new Error(`Expected a layers model of TensorFlow.js in ${file}, got something else`);
  const weights = new Map<string, Weight>();
  const seen = new Set<string>();
  for (const { paths, weights: specs } of json.weightsManifest) {
    const parts = paths.map((part) => {
      const place = beside(file, part);
      if (seen.has(place))
        throw new Error(`Expected ${file} to name each of its files once, got ${part} again`);
      seen.add(place);
      return weightsIn(place);
    });
    tf.tidy(() => {
      const tensors = tf.io.decodeWeights(Uint8Array.from(Buffer.concat(parts)).buffer, specs);
      for (const { name } of specs)
        weights.set(name, {
          shape: tensors[name].shape,
          values: tensors[name].dataSync<"float32">().slice(),
        });
    });
  }
  const listed = layersOfTopology(json.modelTopology);
  const found = weightsByLayer(listed, weights);
  const hashes = json.weightsManifest.flatMap(({ paths }) => paths.map(ownHash));
  // All weights in the order of the layers are what was written, whatever they are called.
  if (hashes.length === 1 && hashes[0] !== undefined && hashes[0] !== hashOf(bytesOf(found.flat())))
    throw new BrokenFile(file, "the weights that it names are not those of its layers", fetchAgain);
  const layers = listed.map((layer, index) => ({ ...layer, weights: found[index] }));
  return { layers, note: json.userDefinedMetadata?.palimpsest };
}

function weightsIn(file: string): Buffer {
  const content = readOwn(file, fetchAgain, { most: Infinity });
  const hash = ownHash(file);
  if (hash !== undefined && hash !== hashOf(content))
    throw new BrokenFile(file, "its checksum does not fit: some of it is damaged or missing", fetchAgain);
  return content;
}

function ownHash(file: string): string | undefined {
  return ownWeights.exec(path.basename(file))?.[1];
}

function bytesOf(weights: readonly Weight[]): Buffer {
  return Buffer.concat(
    weights.map(({ values }) => Buffer.from(values.buffer, values.byteOffset, values.byteLength)),
  );
}

function hashOf(content: Buffer): string {
  return createHash("sha256").update(content).digest("hex").slice(0, 16);
}

/** @throws where there is none, with what is there instead */
export async function modelJsonIn(folder: string): Promise<string> {
  const names = await readdir(folder);
  if (names.includes("model.json")) return path.join(folder, "model.json");
  const isSaved = names.includes("saved_model.pb");
  throw new Error(
    `Expected model.json in ${folder}, found ${isSaved ? "a SavedModel of TensorFlow" : "none"}. ` +
      'Save the network in Python: keras.models.load_model("…").save("poet.keras"), and open that file',
  );
}

function parsed(content: string, file: string): ModelJson {
  try {
    return JSON.parse(content) as ModelJson;
  } catch (error) {
    throw new Error(`Expected a layers model of TensorFlow.js in ${file}, got no JSON`, { cause: error });
  }
}

/** The place of a weights' file, which stands beside `model.json` or below it. */
function beside(file: string, part: string): string {
  const folder = path.dirname(path.resolve(file));
  const place = path.resolve(folder, part);
  if (!place.startsWith(folder + path.sep) || !isWithin(path.dirname(place), folder))
    throw new Error(`Expected weights beside ${file}, but it names ${JSON.stringify(part)}`);
  return place;
}

/** Whether no link leads out of a folder; one that is not there leads nowhere. */
function isWithin(inner: string, folder: string): boolean {
  if (!existsSync(inner)) return true;
  return `${realpathSync(inner)}${path.sep}`.startsWith(`${realpathSync(folder)}${path.sep}`);
}

/** As Keras wrote it before its third version, which TensorFlow.js has kept to. */
function topologyOf(layers: readonly KerasLayer[]): Topology {
  const written = layers.map(({ className, name, config, reads }) => ({
    class_name: className,
    name,
    config: {
      name,
      ...(className === "InputLayer" ? { batch_input_shape: [null, null], dtype: "int32" } : config),
    },
    inbound_nodes: reads.length ? [reads.map((read) => [read, 0, 0, {}])] : [],
  }));
  const config = {
    name: "palimpsest",
    layers: written,
    input_layers: [[layers[0].name, 0, 0]],
    output_layers: [[layers[layers.length - 1].name, 0, 0]],
  };
  return { class_name: "Model", config };
}
