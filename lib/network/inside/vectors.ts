/** Texts as vectors: what a network has in its layers when it reads them; which are alike, and a plane to draw them in. */
import { PCA } from "ml-pca";
import { OptionError } from "../../base/option-error";
import { openingState, openUp } from "./inside";
import type { Model } from "../model";
import { disposeState, type State } from "../state";
import { tf, tidy, type Tensor } from "../tensorflow";

export interface EncodeOptions {
  /** The average over the text, or what is there after its last token (default: "mean"). */
  readonly pooling?: "mean" | "last";
  /** "all" layers, side by side, or the number of one, from 0 (default: "all"). */
  readonly layer?: number | "all";
  /** How many tokens of each text are read, from its beginning (default: all). */
  readonly length?: number;
}

export interface Similar {
  readonly text: string;
  /** The number of the text among those compared. */
  readonly index: number;
  /** The cosine of the angle between both vectors, from -1 to 1. */
  readonly similarity: number;
}

/** Texts that are read side by side, and tokens in one go. */
const [sideBySide, atOnce] = [32, 256];

/**
 * A vector for each text, out of the outputs of the layers while the network reads it: by default their mean over the
 * text, of all layers. The last hidden state, which textgenrnn's `encode_text_vectors` takes, is mostly about the last
 * word (docs/log.md).
 *
 * @returns of each text neurons × layers numbers, or neurons of one layer
 * @throws where a text is empty or there is no such layer
 * @example const [one, other] = encode(model, ["It was a bright cold day", "Call me Ishmael"]);
 */
export function encode(
  model: Model,
  texts: readonly string[],
  { pooling = "mean", layer = "all", length = Infinity }: EncodeOptions = {},
): Float32Array[] {
  const { layers } = model.params;
  if (layer !== "all" && !(Number.isInteger(layer) && layer >= 0 && layer < layers)) {
    throw new OptionError("layer", `as "all" or a number from 0 to ${layers - 1}`, layer);
  }
  if (!(length >= 1)) throw new OptionError("length", ">= 1", length);
  const read = texts.map((text, index) => {
    const ids = model.vocabulary.encode(text).slice(0, length);
    if (ids.length === 0) throw new Error(`Expected words in text ${index}, got an empty text`);
    return { ids, index };
  });
  // Texts of about the same length stand side by side: the shorter ones are filled up.
  read.sort((one, other) => one.ids.length - other.ids.length);
  const vectors: Float32Array[] = [];
  for (let from = 0; from < read.length; from += sideBySide) {
    const some = read.slice(from, from + sideBySide);
    const pooled = pool(
      model,
      some.map(({ ids }) => ids),
      { pooling, layer },
    );
    some.forEach(({ index }, row) => (vectors[index] = pooled[row]));
  }
  return vectors;
}

/** The vectors of texts, shortest first, that are read side by side. */
function pool(
  model: Model,
  texts: readonly Int32Array[],
  { pooling, layer }: Required<Pick<EncodeOptions, "pooling" | "layer">>,
): Float32Array[] {
  const batch = texts.length;
  const longest = texts[batch - 1].length;
  const weight = (row: number, time: number) => {
    const { length } = texts[row];
    if (time >= length) return 0;
    return pooling === "mean" ? 1 / length : Number(time === length - 1);
  };
  const inside = openUp(model);
  let state = openingState(model, batch);
  let sum: Tensor | undefined;
  for (let from = 0; from < longest; from += atOnce) {
    const time = Math.min(atOnce, longest - from);
    const [before, soFar] = [state, sum];
    const told = tidy(() => {
      const value = (of: (row: number, time: number) => number) =>
        Array.from({ length: time * batch }, (_, at) => of(at % batch, from + Math.floor(at / batch)));
      const ids = tf.tensor2d(
        value((row, at) => texts[row][at] ?? 0),
        [time, batch],
        "int32",
      );
      const weights = tf.tensor3d(value(weight), [time, batch, 1]);
      const { outputs, state } = inside.run(inside.input(ids), before);
      const wanted = layer === "all" ? outputs : [outputs[layer]];
      const added = tf.concat(
        wanted.map((output) => output.mul(weights).sum(0)),
        1,
      );
      return { sum: soFar ? soFar.add(added) : added, state: { layers: state } as State };
    });
    disposeState(before);
    soFar?.dispose();
    [state, sum] = [told.state, told.sum];
  }
  disposeState(state);
  inside.dispose();
  const values = sum!.dataSync<"float32">();
  const width = values.length / batch;
  sum!.dispose();
  return texts.map((_, row) => values.slice(row * width, (row + 1) * width));
}

/**
 * Texts ranked by how alike they are to another one, the most alike first: by the cosine of their vectors. Where there are
 * two texts or more the mean of all vectors is taken from each first, since what all have in common makes all alike.
 *
 * @example similarity(model, "The whale rose again", chapters, { length: 2000 })[0].text
 */
export function similarity(
  model: Model,
  query: string,
  texts: readonly string[],
  options: EncodeOptions = {},
): Similar[] {
  const vectors = encode(model, [query, ...texts], options);
  const [asked, ...others] = texts.length > 1 ? centred(vectors) : vectors;
  const ranked = others.map((vector, index) => {
    return { text: texts[index], index, similarity: cosine(asked, vector) };
  });
  return ranked.sort((one, other) => other.similarity - one.similarity);
}

/**
 * Of each vector the number of the one that is most like it, compared as by `similarity`.
 *
 * @throws where there are fewer than three: of two, less their mean, one is the other's opposite
 */
export function nearest(vectors: readonly Float32Array[]): number[] {
  if (vectors.length < 3) throw new Error(`Expected three vectors at least, got ${vectors.length}`);
  const moved = centred(vectors);
  return moved.map((vector, own) => {
    const alike = moved.map((other, index) => (index === own ? -Infinity : cosine(vector, other)));
    return alike.indexOf(Math.max(...alike));
  });
}

/** Vectors less their mean. */
export function centred(vectors: readonly Float32Array[]): Float32Array[] {
  const mean = new Float64Array(vectors[0]?.length ?? 0);
  for (const vector of vectors) vector.forEach((value, at) => (mean[at] += value / vectors.length));
  return vectors.map((vector) => vector.map((value, at) => value - mean[at]));
}

/** The cosine of the angle between two vectors; 0 where one has no direction. */
export function cosine(one: Float32Array, other: Float32Array): number {
  const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, at) => sum + value * b[at], 0);
  const lengths = Math.sqrt(dot(one, one) * dot(other, other));
  return lengths > 0 ? dot(one, other) / lengths : 0;
}

/**
 * Vectors in the plane in which they are the farthest apart: their two principal components.
 *
 * @returns a point for each, and how much of the variance each axis shows
 * @throws where there are fewer than three
 */
export function principalPlane(vectors: readonly Float32Array[]): {
  readonly points: { readonly x: number; readonly y: number }[];
  readonly explained: readonly [number, number];
} {
  if (vectors.length < 3) throw new Error(`Expected three vectors at least, got ${vectors.length}`);
  const rows = centred(vectors).map((vector) => [...vector]);
  const pca = new PCA(rows, { method: "NIPALS", nCompNIPALS: 2, center: false });
  const points = pca.predict(rows, { nComponents: 2 }).to2DArray();
  const squares = (numbers: readonly number[]) => numbers.reduce((sum, value) => sum + value ** 2, 0);
  const all = rows.reduce((sum, row) => sum + squares(row), 0);
  const along = (axis: 0 | 1) => squares(points.map((point) => point[axis])) / all;
  return { points: points.map(([x, y]) => ({ x, y })), explained: [along(0), along(1)] };
}
