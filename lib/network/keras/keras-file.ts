/** The .keras file: a zip of `config.json`, which says what the layers are, and `model.weights.h5`, which has their weights. */
import { readFile, writeFile } from "node:fs/promises";
import { strFromU8, strToU8, zipSync } from "fflate";
import { writeWhole } from "../../base/files/atomic-write";
import type { Model } from "../model";
import { readHdf5, writeHdf5, type Content } from "./hdf5";
import { kerasLayers, type KerasLayer, type KerasOptions } from "./layers";
import { noteOf, type Note } from "./note";
import { unzip } from "./zip";
import { layersOfTopology, type ListedLayer, type ReadLayer, type Topology } from "./topology";

/** The newest one that was tried with these files. */
const kerasVersion = "3.15.1";

const legacy =
  "an HDF5 file, as Keras wrote it before its third version. Convert it in Python: " +
  'keras.models.load_model("old.h5").save("new.keras"); a file of weights alone is loaded into its network first';

/** Keras leaves it alone. */
const noteFile = "palimpsest.json";

/**
 * Writes a network as a file that `keras.models.load_model` opens, whole or not at all. Its vocabulary and params go along
 * in `palimpsest.json` inside; how tokens become text again is left to who reads it.
 *
 * @throws where something of the network has no counterpart in Keras, with its name
 * @example await saveKeras(training.model, "data/poet.keras");
 */
export async function saveKeras(model: Model, file: string, options: KerasOptions = {}): Promise<void> {
  const layers = kerasLayers(model, options);
  const weights = await writeHdf5(contentOf(layers));
  const stored = { level: 0 } as const; // Keras, too, compresses nothing.
  const zip = zipSync(
    {
      "metadata.json": strToU8(
        JSON.stringify({ keras_version: kerasVersion, date_saved: new Date().toISOString() }),
      ),
      "config.json": strToU8(JSON.stringify(topologyOf(layers))),
      "model.weights.h5": weights,
      [noteFile]: strToU8(JSON.stringify(noteOf(model))),
    },
    stored,
  );
  await writeWhole(file, (part) => writeFile(part, zip));
}

/**
 * The layers of a .keras file, of Keras' or our writing.
 *
 * @throws where it is none
 */
export async function readKeras(file: string): Promise<{ layers: ReadLayer[]; note?: Note }> {
  const entries = entriesOf(await readFile(file), file);
  const layers = layersOfTopology(JSON.parse(strFromU8(entries["config.json"])) as Topology);
  const groups = groupsOf(layers);
  const folders = layers.map((layer, index) => varsOf(groups[index], layer));
  const found = await readHdf5(entries["model.weights.h5"], folders, file);
  const note = entries[noteFile] && (JSON.parse(strFromU8(entries[noteFile])) as Note);
  return { layers: layers.map((layer, index) => ({ ...layer, weights: found[index] })), note };
}

function entriesOf(content: Uint8Array, file: string): Record<string, Uint8Array> {
  const wrong = (reason: string) => new Error(`Expected a file of Keras 3 in ${file}, got ${reason}`);
  if (Buffer.from(content.subarray(0, 8)).toString("latin1") === "\x89HDF\r\n\x1a\n") throw wrong(legacy);
  const entries = unzip(content, ["config.json", "model.weights.h5", noteFile], file);
  if (!entries) throw wrong("something else");
  for (const name of ["config.json", "model.weights.h5"])
    if (!entries[name]) throw wrong(`a zip without ${name}`);
  return entries;
}

/**
 * In the weights' file each layer has a group, named for its class, and numbered among those of its class.
 *
 * @example groupsOf([{ className: "LSTM" }, { className: "LSTM" }]) // ["layers/lstm", "layers/lstm_1"]
 */
export function groupsOf(layers: readonly LayerClass[]): string[] {
  const counts = new Map<string, number>();
  return layers.map(({ className, isWrapped }) => {
    const group = isWrapped ? "TimeDistributed" : className;
    const count = counts.get(group) ?? 0;
    counts.set(group, count + 1);
    const snake = group
      .replace(/(.)([A-Z][a-z0-9]+)/g, "$1_$2")
      .replace(/([a-z])([A-Z])/g, "$1_$2")
      .toLowerCase();
    return `layers/${snake}${count ? `_${count}` : ""}`;
  });
}

/** Where in its group a layer's weights are: those of an LSTM are its cell's, those of a wrapped layer its own. */
function varsOf(group: string, { className, isWrapped }: LayerClass): string {
  const inner = isWrapped ? `${group}/layer` : group;
  return className === "LSTM" ? `${inner}/cell/vars` : `${inner}/vars`;
}

type LayerClass = Pick<ListedLayer, "className" | "isWrapped">;

function contentOf(layers: readonly KerasLayer[]): Content {
  const groups = new Map<string, string | undefined>([["layers", undefined]]);
  const weights = new Map<string, { shape: readonly number[]; values: Float32Array }>();
  groupsOf(layers).forEach((group, index) => {
    const { className, name, weights: own } = layers[index];
    groups.set(group, undefined).set(`${group}/vars`, name);
    if (className === "LSTM") groups.set(`${group}/cell`, undefined).set(`${group}/cell/vars`, "lstm_cell");
    const vars = varsOf(group, layers[index]);
    [...own.values()].forEach((weight, place) => weights.set(`${vars}/${place}`, weight));
  });
  groups.set("vars", "palimpsest");
  return { groups, weights };
}

function topologyOf(layers: readonly KerasLayer[]): object {
  const widths = new Map(layers.map(({ name, width }) => [name, width]));
  const shapeOf = (name: string) => [
    null,
    null,
    ...(widths.get(name) === undefined ? [] : [widths.get(name)]),
  ];
  const tensor = (name: string) => ({
    class_name: "__keras_tensor__",
    config: {
      shape: shapeOf(name),
      dtype: widths.get(name) === undefined ? "int32" : "float32",
      keras_history: [name, 0, 0],
    },
  });
  const written = layers.map(({ className, name, config, reads }) => {
    const inputs = reads.map(tensor);
    const input = className === "InputLayer";
    return {
      module: "keras.layers",
      class_name: className,
      config: { name, ...(input ? { batch_shape: [null, null], dtype: "int32" } : config) },
      registered_name: null,
      name,
      inbound_nodes: input ? [] : [{ args: className === "Concatenate" ? [inputs] : inputs, kwargs: {} }],
    };
  });
  return {
    module: "keras.src.models.functional",
    class_name: "Functional",
    config: {
      name: "palimpsest",
      trainable: true,
      layers: written,
      input_layers: [layers[0].name, 0, 0],
      output_layers: [layers[layers.length - 1].name, 0, 0],
    },
    registered_name: "Functional",
  };
}
