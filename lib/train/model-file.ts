/**
 * A network in one file, to keep or to give away: its weights, in half precision where that is enough, its vocabulary and
 * params, and a card that says what it was trained on. Nothing of the training's own is in it: see `checkpoint.ts`.
 *
 * The file: the eight letters "palimps1", the length of the head (32 bits, little-endian), the head as JSON in UTF-8, and
 * the weights one after the other in the order of `specs`, little-endian.
 */
import { readFile, writeFile } from "node:fs/promises";
import { fromHalf, halfFrom } from "../network/half";
import type { Implementation } from "../network/implementation";
import { Model } from "../network/model";
import { completeParams, type Params } from "../network/params";
import { tf, type NamedTensors } from "../network/tensorflow";
import { Labels, type Label } from "../text/labels";
import { Vocabulary, type SavedVocabulary } from "../text/vocabulary";
import { writeWhole } from "../text/whole";
import type { Training } from "./training";

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
  /** "fp16" takes half the room, and writes nearly always the same; "fp32". */
  readonly precision?: "fp32" | "fp16";
}

interface Head {
  readonly format: 1;
  readonly params: Params;
  readonly vocabulary: SavedVocabulary;
  readonly labels: readonly Label[];
  readonly card?: Card;
  readonly precision: "fp32" | "fp16";
  readonly specs: readonly { readonly name: string; readonly shape: number[] }[];
}

const magic = "palimps1";

/**
 * Writes a network into a file, whole or not at all.
 *
 * @throws where a weight is too large for half precision
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
    format: 1,
    params: model.params,
    vocabulary: model.vocabulary.toJSON(),
    labels: model.labels.toJSON(),
    ...(card && { card }),
    precision,
    specs: weights.map(({ name, shape }) => ({ name, shape })),
  };
  const text = new TextEncoder().encode(JSON.stringify(head));
  const numbers = weights.map(({ name, values }) => {
    if (precision === "fp32") return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    if (values.some((value) => !(Math.abs(value) <= 65_504)))
      throw new Error(
        `Expected weights up to 65,504 in ${name}, got larger ones: save with precision "fp32"`,
      );
    return new Uint8Array(halfFrom(values).buffer);
  });
  const start = magic.length + 4;
  const bytes = numbers.reduce((sum, { length }) => sum + length, start + text.length);
  const content = new Uint8Array(bytes);
  content.set(new TextEncoder().encode(magic));
  new DataView(content.buffer).setUint32(magic.length, text.length, true);
  let at = start;
  for (const part of [text, ...numbers]) {
    content.set(part, at);
    at += part.length;
  }
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
  return decodeModel(await readFile(file), file, implementation);
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
  const head = headOf(content, name);
  const tensors = weightsOf(content, head, name);
  try {
    const vocabulary = Vocabulary.fromJSON(head.vocabulary);
    const labels = Labels.fromJSON(head.labels);
    const model = await Model.create(completeParams(head.params), vocabulary, { implementation, labels });
    model.weights.load(tensors);
    return { model, card: head.card };
  } finally {
    tf.dispose(tensors);
  }
}

/**
 * The card of a file's network; undefined where it has none.
 *
 * @throws where the file is missing or is none of these
 */
export async function readCard(file: string): Promise<Card | undefined> {
  return headOf(await readFile(file), file).card;
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

function headOf(content: Uint8Array, file: string): Head {
  const start = magic.length + 4;
  if (content.length < start || textOf(content, 0, magic.length) !== magic) {
    throw new Error(`Expected a network in ${file}, as \`saveModel\` writes it, got something else`);
  }
  const end = start + headLength(content);
  if (end > content.length) throw new Error(`Expected a whole network in ${file}, but it ends early`);
  const head = JSON.parse(textOf(content, start, end)) as Head;
  if (head.format !== 1) {
    throw new Error(`Expected format 1 in ${file}, got ${head.format}: it was written by another palimpsest`);
  }
  return head;
}

function headLength({ buffer, byteOffset }: Uint8Array): number {
  return new DataView(buffer, byteOffset).getUint32(magic.length, true);
}

function textOf(content: Uint8Array, start: number, end: number): string {
  return new TextDecoder().decode(content.subarray(start, end));
}

/** The caller disposes of the tensors. */
function weightsOf(content: Uint8Array, { specs, precision }: Head, file: string): NamedTensors {
  const bytes = precision === "fp16" ? 2 : 4;
  const sizes = specs.map(({ shape }) => shape.reduce((product, side) => product * side, 1));
  let at = content.length - bytes * sizes.reduce((sum, size) => sum + size, 0);
  if (at < magic.length + 4 || headLength(content) + magic.length + 4 !== at) {
    throw new Error(`Expected all weights in ${file}, but it ends early`);
  }
  const named: NamedTensors = {};
  specs.forEach(({ name, shape }, index) => {
    const raw = Uint8Array.from(content.subarray(at, (at += bytes * sizes[index]))).buffer;
    const values = precision === "fp16" ? fromHalf(new Uint16Array(raw)) : new Float32Array(raw);
    named[name] = tf.tensor(values, shape);
  });
  return named;
}
