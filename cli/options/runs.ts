/** Runs and models as a command line names them. */
import { Option } from "commander";
import type { Model } from "../../lib/network";
import { modelPlace } from "../../lib/train/saved/places";

/** The run of a command that names none. */
export const defaultRun = "poet";

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
