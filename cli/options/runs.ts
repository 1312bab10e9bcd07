/** Runs and models as a command line names them. */
import { stat } from "node:fs/promises";
import path from "node:path";
import { Option } from "commander";
import type { Model } from "../../lib/network";

/** The run of a command that names none. */
export const defaultRun = "poet";

const runs = path.join("data", "runs");

/**
 * The folder of a run: a name alone is that of one in data/runs.
 *
 * @example runFolder("poet") // "data/runs/poet"
 * @example runFolder("./poet") // "./poet"
 */
export function runFolder(name: string): string {
  return /[/\\]/.test(name) ? name : path.join(runs, name);
}

/** The folder of the run or of the checkpoint, or the file of the model, that a name means. */
export async function modelPlace(name: string): Promise<string> {
  if (name === "pretrained") {
    const { pretrainedFile } =
      require("../../lib/train/saved/pretrained") as typeof import("../../lib/train/saved/pretrained");
    return pretrainedFile;
  }
  const run = runFolder(name);
  return (await exists(run)) || !(await exists(name)) ? run : name;
}

/**
 * The model that a name means: a run's best checkpoint, one checkpoint, a model file, one of Keras (.keras) or of
 * TensorFlow.js (model.json), or `pretrained`.
 *
 * @throws where there is none, or none that can be opened
 */
export async function openModel(name: string): Promise<Model> {
  const place = await modelPlace(name);
  if (/\.keras$|model\.json$/.test(place)) {
    const { importKeras } =
      require("../../lib/network/keras/import") as typeof import("../../lib/network/keras/import");
    return importKeras(place);
  }
  const { loadModel } =
    require("../../lib/train/saved/checkpoint") as typeof import("../../lib/train/saved/checkpoint");
  return loadModel(place);
}

/** What computes the network, for whoever wants to choose. */
export function implementationOption(): Option {
  return new Option("--implementation <name>", "what computes (default: the fastest that runs here)").choices(
    ["cudnn", "fused", "wasm", "reference"],
  );
}

/** Lets that be what is chosen from now on, in this process. */
export function chooseImplementation({ implementation }: Readonly<Record<string, unknown>>): void {
  if (typeof implementation === "string") process.env.PALIMPSEST_LSTM = implementation;
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
