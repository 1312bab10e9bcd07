/** A network as plain data, for where there are no files: what makes it, and its weights in a row. */
import { Vocabulary, type SavedVocabulary } from "../text/vocabulary";
import { Model } from "./model";
import type { Params } from "./params";
import { tf, type NamedTensors } from "./tensorflow";

/** Everything but the numbers; as JSON it can be read back. */
export interface PackedHead {
  readonly params: Params;
  readonly vocabulary: SavedVocabulary;
  /** In the order in which their numbers follow each other. */
  readonly weights: readonly { readonly name: string; readonly shape: readonly number[] }[];
}

export interface PackedModel {
  readonly head: PackedHead;
  /** The weights in Keras' layout, one after the other. */
  readonly values: Float32Array;
}

/**
 * Copies a network out of TensorFlow's memory; it stays as it is.
 *
 * @example const { head, values } = await packModel(model);
 */
export async function packModel(model: Model): Promise<PackedModel> {
  const weights = tf.tidy(() =>
    Array.from(model.weights, ([name, weight]) => ({ name, tensor: weight.clone() })),
  );
  const values = new Float32Array(weights.reduce((sum, { tensor }) => sum + tensor.size, 0));
  let at = 0;
  for (const { tensor } of weights) {
    values.set(await tensor.data<"float32">(), at);
    at += tensor.size;
    tensor.dispose();
  }
  const head: PackedHead = {
    params: model.params,
    vocabulary: model.vocabulary.toJSON(),
    weights: weights.map(({ name, tensor }) => ({ name, shape: tensor.shape })),
  };
  return { head, values };
}

/**
 * The way back.
 *
 * @throws where a weight is missing or has another shape
 */
export async function unpackModel({ head, values }: PackedModel): Promise<Model> {
  const model = await Model.create(head.params, Vocabulary.fromJSON(head.vocabulary));
  const tensors: NamedTensors = {};
  let at = 0;
  for (const { name, shape } of head.weights) {
    const size = shape.reduce((product, length) => product * length, 1);
    tensors[name] = tf.tensor(values.slice(at, at + size), [...shape]);
    at += size;
  }
  model.load(tensors);
  tf.dispose(tensors);
  return model;
}
