/** Networks that come from Keras or TensorFlow.js. */
import { stat } from "node:fs/promises";
import { UNKNOWN } from "../../text/tokens/tokens";
import type { Vocabulary } from "../../text/tokens/vocabulary";
import type { Implementation } from "../implementation";
import { Model } from "../model";
import { tf, type NamedTensors } from "../tensorflow";
import { readKeras } from "./keras-file";
import { modelJsonIn, readLayersModel } from "./layers-model";
import { readNote, type Note } from "./note";
import { recognise } from "./recognise";
import type { ReadLayer } from "./topology";

export interface ImportOptions {
  /** What the ids stand for; that of the file, which those of `saveKeras` and `saveLayersModel` have. */
  readonly vocabulary?: Vocabulary;
  readonly implementation?: Implementation;
}

/**
 * The network of a .keras file, or of a folder that TensorFlow.js opens, written by `saveKeras` and `saveLayersModel` or by
 * Keras and TensorFlow.js themselves. A head with softmax becomes one without: what it gives here are scores. Dropout
 * between the layers is left out: set `params.dropout`.
 *
 * @param place the file, the folder, or its `model.json`
 * @throws where the layers are no network of ours, with the one that is not; and where the vocabulary is missing or another
 * @example const model = await importKeras("data/poet.keras");
 */
export async function importKeras(place: string, options: ImportOptions = {}): Promise<Model> {
  const isFolder = await stat(place).then(
    (there) => there.isDirectory(),
    () => {
      throw new Error(`Expected a .keras file, or a folder with model.json, at ${place}, found nothing`);
    },
  );
  const file = isFolder ? await modelJsonIn(place) : place;
  try {
    return await modelOf(await (file.endsWith(".json") ? readLayersModel : readKeras)(file), options);
  } catch (error) {
    const { message } = error as Error;
    if (message.includes(file)) throw error;
    throw new Error(`Could not open ${file}: ${message}`, { cause: error });
  }
}

async function modelOf(
  { layers, note }: { readonly layers: ReadLayer[]; readonly note?: Note },
  { vocabulary: given, implementation }: ImportOptions,
): Promise<Model> {
  const { params, vocabulary: size, weights } = recognise(layers);
  const noted = note && readNote(note);
  const vocabulary = given ?? noted?.vocabulary;
  if (vocabulary?.size !== size)
    throw new Error(
      `Expected a vocabulary of ${size} tokens, of which the first is ${JSON.stringify(UNKNOWN)} (unknown), ` +
        `got ${vocabulary ? `one of ${vocabulary.size}` : "none"}: give it as \`vocabulary\``,
    );
  const { layers: count } = params;
  // One layer has the same weights with and without.
  const skipConnections = count === 1 ? (noted?.params.skipConnections ?? false) : params.skipConnections;
  const { level } = vocabulary;
  const model = await Model.create({ ...noted?.params, ...params, skipConnections, level }, vocabulary, {
    implementation,
  });
  const tensors: NamedTensors = {};
  try {
    for (const [name, { values, shape }] of weights) {
      if (!values.every(Number.isFinite))
        throw new Error(
          `Expected finite numbers in ${name}, got others: the training that wrote them had diverged`,
        );
      tensors[name] = tf.tensor(values, [...shape]);
    }
    model.weights.load(tensors);
    return model;
  } catch (error) {
    model.dispose();
    throw error;
  } finally {
    tf.dispose(tensors);
  }
}
