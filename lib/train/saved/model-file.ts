/**
 * A network in one file, to keep or to give away: its weights, in half precision where that is enough, its vocabulary and
 * params, and a card that says what it was trained on. Nothing of the training's own is in it: see `checkpoint.ts`.
 *
 * The file: the eight letters "palimps2", the length of the head (32 bits, little-endian), the head as JSON in UTF-8, the
 * weights one after the other in the order of `specs`, and the CRC-32 of all of that (32 bits), little-endian. Files of before
 * there was a checksum begin with "palimps1", and end with their weights.
 */
import { readFile, writeFile } from "node:fs/promises";
import { fromHalf, halfFrom } from "../../network/half-precision";
import type { Implementation } from "../../network/implementation";
import { Model } from "../../network/model";
import { completeParams, type Params } from "../../network/params";
import { sizeOf } from "../../network/budget";
import { tf } from "../../network/tensorflow";
import { BrokenFile, crc32 } from "../../base/files/checksum";
import { Labels, type Label } from "../../text/labels";
import { Vocabulary, type SavedVocabulary } from "../../text/tokens/vocabulary";
import { writeWhole } from "../../base/files/atomic-write";
import { checkNumbers, countOf, tensorsOf, type Spec } from "./tensor-files";
import type { Training } from "../training";

/** What a network's user should know of it. */
export interface Card {
  /** Titles, authors and sources of what it has read. */
  readonly texts: readonly { readonly title: string; readonly author: string; readonly source: string }[];
  /** Training steps. */
  readonly iterations: number;
  /** Mean cross-entropy on text that was held out, in nats a token; null where none was. */
  readonly validation: number | null;
  /** ISO 8601. */
  readonly date: string;
  /** Anything else. */
  readonly note?: string;
}

export interface SaveModelOptions {
  readonly card?: Card;
  /** "fp16" takes half the room, and writes nearly always the same (default: "fp32"). */
  readonly precision?: "fp32" | "fp16";
}

interface Head {
  readonly format: 1 | 2;
  readonly params: Params;
  readonly vocabulary: SavedVocabulary;
  readonly labels: readonly Label[];
  readonly card?: Card;
  readonly precision: "fp32" | "fp16";
  readonly specs: readonly Spec[];
}

/** What a file begins with, but for the digit of its format. */
const magic = "palimps";

/** Where the head begins: behind the magic, the digit and its length. */
const headStart = magic.length + 1 + 4;

/** Bytes of a checksum. */
const sumSize = 4;

/** Bytes of a head: more than a vocabulary of a million words takes. */
const mostOfHead = 2 ** 25;

const remedy = "Download or copy it again from where it came, or save it anew.";

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
    params: model.params,
    vocabulary: model.vocabulary.toJSON(),
    labels: model.labels.toJSON(),
    ...(card && { card }),
    precision,
    specs: weights.map(({ name, shape }) => ({ name, shape })),
  };
  const text = new TextEncoder().encode(JSON.stringify(head));
  const numbers = weights.map(({ name, values }) => {
    if (!values.every(Number.isFinite))
      throw new Error(
        `Expected weights that are finite numbers in ${name}, got others: the training has diverged; go on from an earlier checkpoint`,
      );
    if (precision === "fp32") return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    if (values.some((value) => Math.abs(value) > 65_504))
      throw new Error(
        `Expected weights up to 65,504 in ${name}, got larger ones: save with precision "fp32"`,
      );
    return new Uint8Array(halfFrom(values).buffer);
  });
  const end = numbers.reduce((sum, { length }) => sum + length, headStart + text.length);
  const content = new Uint8Array(end + sumSize);
  const view = new DataView(content.buffer);
  content.set(new TextEncoder().encode(`${magic}2`));
  view.setUint32(headStart - 4, text.length, true);
  let at = headStart;
  for (const part of [text, ...numbers]) {
    content.set(part, at);
    at += part.length;
  }
  view.setUint32(end, crc32(content.subarray(0, end)), true);
  return content;
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
  const content = await readFile(file);
  const read = await decodeModel(content, file, implementation);
  if (content[magic.length] === "1".charCodeAt(0))
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
  return headOf(await readFile(file), file).head.card;
}

/** What a training knows about its network. */
export function cardOf({ library, position }: Training, note?: string): Card {
  const validations = position.history.flatMap((entry) =>
    entry.type === "validation" ? [entry.crossEntropy] : [],
  );
  const texts = new Map(
    library.texts.map(({ title, author, source, short }) => {
      const text = {
        title: short ? title.replace(/ row \d+$/, "") : title,
        author: short ? "" : author,
        source,
      };
      return [JSON.stringify(text), text];
    }),
  );
  return {
    texts: [...texts.values()],
    iterations: position.iteration,
    validation: validations[validations.length - 1] ?? null,
    date: new Date().toISOString(),
    ...(note === undefined ? {} : { note }),
  };
}

/** The head, and where it ends. */
function headOf(content: Uint8Array, file: string): { head: Head; end: number } {
  if (content.length < headStart || textOf(content, 0, magic.length) !== magic) {
    throw new Error(`Expected a network in ${file}, as \`saveModel\` writes it, got something else`);
  }
  const format = textOf(content, magic.length, magic.length + 1);
  if (format !== "1" && format !== "2")
    throw new Error(
      `Expected format 2 in ${file}, got ${JSON.stringify(format)}: load it with the palimpsest that wrote it`,
    );
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const end = headStart + view.getUint32(headStart - 4, true);
  if (end > content.length) throw new BrokenFile(file, "it ends early", remedy);
  if (end > mostOfHead) throw new BrokenFile(file, `it claims a head of ${end} bytes`, remedy);
  if (format === "2") {
    const sumAt = content.length - sumSize;
    if (end > sumAt || view.getUint32(sumAt, true) !== crc32(content.subarray(0, sumAt)))
      throw new BrokenFile(file, "its checksum does not fit: some of it is damaged or missing", remedy);
  }
  let head: Head;
  try {
    head = JSON.parse(textOf(content, headStart, end)) as Head;
  } catch {
    throw new BrokenFile(file, "its head is no JSON", remedy);
  }
  if (String(head?.format) !== format) throw new BrokenFile(file, "its head is of another format", remedy);
  return { head, end };
}

function textOf(content: Uint8Array, start: number, end: number): string {
  return new TextDecoder().decode(content.subarray(start, end));
}

/** The weights one after the other, and behind them at most a checksum. */
function numbersOf(content: Uint8Array, { format, precision, specs }: Head, file: string): Float32Array {
  const count = countOf(specs, file);
  const bytes = count * (precision === "fp16" ? 2 : 4);
  if (content.length !== bytes + (format === 2 ? sumSize : 0))
    throw new BrokenFile(file, `it has ${content.length} bytes of weights instead of ${bytes}`, remedy);
  const { buffer } = new Uint8Array(content.subarray(0, bytes)); // a copy, from a place where numbers may begin
  return precision === "fp16" ? fromHalf(new Uint16Array(buffer)) : new Float32Array(buffer);
}
