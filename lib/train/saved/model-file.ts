/**
 * A network in one file, to keep or to give away: its weights, in fewer bits where these are enough, its vocabulary and
 * params, and a card that says what it was trained on. Nothing of the training's own is in it: see `checkpoint.ts`.
 * How its bytes are laid out is in `model-bytes.ts`.
 */
import { readFile, writeFile } from "node:fs/promises";
import type { Implementation } from "../../network/implementation";
import { Model } from "../../network/model";
import type { SavedPrecision } from "../../network/precision/precisions";
import { completeParams, type Params } from "../params";
import { sizeOf } from "../../network/budget";
import { tf } from "../../network/tensorflow";
import { Labels } from "../../text/labels";
import { Vocabulary } from "../../text/tokens/vocabulary";
import { writeWhole } from "../../base/files/atomic-write";
import type { Card } from "./card";
import { bytesOf, headOf, lacksChecksum, numbersOf, type Head } from "./model-bytes";
import { checkNumbers, tensorsOf } from "./tensor-files";

export interface SaveModelOptions {
  readonly card?: Card;
  /**
   * "fp16" takes half the room, and writes nearly always the same; "int8", a scale for each row of a matrix, a quarter of it, and
   * predicts nearly as well (default: "fp32").
   */
  readonly precision?: SavedPrecision;
}

/**
 * Writes a network into a file, whole or not at all.
 *
 * @throws where a weight is no finite number, or too large for half precision, and where the file cannot be written
 * @example await saveModel(training.model, "data/poet.palimpsest", { card: cardOf(training), precision: "fp16" });
 */
export async function saveModel(model: Model, file: string, options: SaveModelOptions = {}): Promise<void> {
  const content = encodeModel(model, options);
  await writeWhole(file, (part) => writeFile(part, content));
}

/**
 * What `saveModel` writes.
 *
 * @throws where a weight is too large for half precision
 */
export function encodeModel(model: Model, { card, precision = "fp32" }: SaveModelOptions = {}): Uint8Array {
  const weights = tf.tidy(() =>
    Array.from(model.weights, ([name, weight]) => ({
      name,
      shape: weight.shape,
      values: weight.dataSync<"float32">().slice(),
    })),
  );
  const head: Head = {
    format: 2,
    params: completeParams(model.params),
    vocabulary: model.vocabulary.toJSON(),
    labels: model.labels.toJSON(),
    ...(card && { card }),
    precision,
    specs: weights.map(({ name, shape }) => ({ name, shape })),
  };
  return bytesOf(head, weights);
}

/**
 * The network of a file, and its card.
 *
 * @throws where the file is missing or is none of these
 * @example const { model, card } = await readModel("data/poet.palimpsest");
 */
export async function readModel(
  file: string,
  implementation?: Implementation,
): Promise<{ model: Model; card: Card | undefined }> {
  const content = await contentOf(file);
  const read = await decodeModel(content, file, implementation);
  if (lacksChecksum(content))
    process.emitWarning(
      `${file} is from before such files had a checksum, so a fault in it would not be noticed. Save it anew: \`saveModel(await loadModel(…), …)\`.`,
      "Palimpsest",
    );
  return read;
}

/**
 * The network in the bytes of a file, and its card.
 *
 * @param name what an error calls them
 * @throws where they are none of these
 */
export async function decodeModel(
  content: Uint8Array,
  name: string,
  implementation?: Implementation,
): Promise<{ model: Model; card: Card | undefined }> {
  const { head, end } = headOf(content, name);
  try {
    const params = completeParams(head.params);
    const vocabulary = Vocabulary.fromJSON(head.vocabulary);
    const labels = Labels.fromJSON(head.labels);
    const numbers = numbersOf(content.subarray(end), head, name);
    checkSize({ params, vocabulary, labels }, numbers.length);
    checkNumbers(numbers, head.specs, name);
    const model = await Model.create(params, vocabulary, { implementation, labels });
    const tensors = tensorsOf(numbers, head.specs);
    try {
      model.weights.load(tensors);
      return { model, card: head.card };
    } catch (error) {
      model.dispose();
      throw error;
    } finally {
      tf.dispose(tensors);
    }
  } catch (error) {
    throw about(name, error);
  }
}

/**
 * Makes sure that a network is as large as the numbers that a file has for it, before it is made.
 *
 * @throws where it would be larger
 */
export function checkSize({ params, vocabulary, labels }: NetworkShape, numbers: number): void {
  const size = sizeOf(params, vocabulary.size, labels);
  if (!(size <= numbers))
    throw new Error(`Expected ${size} weights, as many as its params ask for, found ${numbers}`);
}

interface NetworkShape {
  readonly params: Params;
  readonly vocabulary: Vocabulary;
  readonly labels: Labels;
}

/** An error that names the file which it is about. */
export function about(file: string, error: unknown): unknown {
  if (!(error instanceof Error) || error.message.includes(file)) return error;
  return new Error(`${file} cannot be loaded: ${error.message}`, { cause: error });
}

/**
 * The card of a file's network; undefined where it has none.
 *
 * @throws where the file is missing or is none of these
 */
export async function readCard(file: string): Promise<Card | undefined> {
  return headOf(await contentOf(file), file).head.card;
}

/** What the system says of a folder, or of a file that is too large, names neither. */
async function contentOf(file: string): Promise<Buffer> {
  return readFile(file).catch((error: unknown) => {
    throw about(file, error);
  });
}
