/** A network written in one of the formats that `palimpsest export` knows. */
import { saveKeras, saveLayersModel, type Model } from "../../lib/network";
import { cardIn, saveModel, type SaveModelOptions } from "../../lib/train";
import { stat } from "node:fs/promises";
import type { Library } from "../../lib/text";
import { exportWeb } from "../../web/export";

export interface ExportedOptions {
  readonly format: "palimpsest" | "keras" | "tfjs" | "web";
  /** Where the model was read, for what is known of it. */
  readonly place: string;
  readonly precision?: SaveModelOptions["precision"];
  readonly softmax?: boolean;
  /** What a page traces in. */
  readonly library?: Library;
  readonly title?: string;
  readonly about?: string;
}

/** @returns the files that were written */
export async function exported(
  model: Model,
  output: string,
  { format, place, precision, softmax, library, title, about }: ExportedOptions,
): Promise<{ readonly name: string; readonly bytes: number }[]> {
  let names = [output];
  if (format === "palimpsest") await saveModel(model, output, { card: await cardIn(place), precision });
  else if (format === "keras") await saveKeras(model, output, { softmax });
  else if (format === "tfjs") names = await saveLayersModel(model, output, { softmax });
  else if (!library) throw new Error("Expected texts for the page, got none");
  else return exportWeb(model, library, output, { title, about });
  return Promise.all(names.map(async (name) => ({ name, bytes: (await stat(name)).size })));
}
