/** A network as Keras' layers: which ones, what reads what, and with which weights. Files of either format come of it. */
import type { Model } from "../model";
import { tf } from "../tensorflow";

/** A weight, its numbers row by row. */
export interface Weight {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export interface KerasLayer {
  readonly className: "InputLayer" | "Embedding" | "LSTM" | "Concatenate" | "Dense";
  readonly name: string;
  /** What Keras' constructor of the class is given beside the name. */
  readonly config: Readonly<Record<string, unknown>>;
  /** The names of the layers whose outputs it reads. */
  readonly reads: readonly string[];
  /** Of what it gives for each position, [batch, time, width]; of ids, [batch, time], there is none. */
  readonly width?: number;
  /** In Keras' order: `kernel`, `recurrent_kernel`, `bias`, or `embeddings`. */
  readonly weights: ReadonlyMap<string, Weight>;
}

export interface KerasOptions {
  /** Whether the head gives probabilities and not scores (logits) (default: false). */
  readonly softmax?: boolean;
}

/** Fresh weights are overwritten at once; TensorFlow.js would take minutes for the orthogonal ones that are usual. */
const zeros = {
  kernel_initializer: "zeros",
  bias_initializer: "zeros",
};

/**
 * A network as Keras' layers, each after those that it reads. Ids come in as int32 [batch, time], scores go out as
 * [batch, time, vocabulary].
 *
 * Keras' LSTM reads numbers, not tokens. Without an embedding of its own a network therefore gets one of two that compute
 * the same to the last bit, since all they add are zeros: the identity, with which each layer reads one-hot rows, or, where
 * that would be the larger one, for each layer that reads tokens the rows of its kernel for them, with an identity as kernel.
 * The first takes vocabulary² numbers, the second 16 × neurons² for each such layer.
 *
 * @throws where something of the network has no counterpart in Keras, with its name
 */
export function kerasLayers(model: Model, { softmax = false }: KerasOptions = {}): KerasLayer[] {
  const { neurons, layers: count, skipConnections, embedding, skipEmbedding } = model.params;
  refuse(model);
  const vocabulary = model.vocabulary.size;
  const given = weightsOf(model);
  const weight = (name: string) => given.get(name)!;
  const gates = 4 * neurons;
  const readers = skipConnections ? count : 1;
  const shared = embedding > 0 || vocabulary ** 2 <= readers * gates ** 2;

  const layers: KerasLayer[] = [];
  const widths = new Map<string, number | undefined>();
  const add = (layer: KerasLayer): string => {
    layers.push(layer);
    widths.set(layer.name, layer.width);
    return layer.name;
  };
  const ids = add({ className: "InputLayer", name: "ids", config: {}, reads: [], weights: new Map() });
  const embed = (name: string, embeddings: Weight): string => {
    const width = embeddings.shape[1];
    const config = { input_dim: vocabulary, output_dim: width, embeddings_initializer: "zeros" };
    const weights = new Map([["embeddings", embeddings]]);
    return add({ className: "Embedding", name, config, reads: [ids], width, weights });
  };
  const together = (name: string, reads: readonly string[]): string => {
    if (reads.length === 1) return reads[0];
    const width = reads.reduce((sum, read) => sum + widths.get(read)!, 0);
    return add({ className: "Concatenate", name, config: { axis: -1 }, reads, width, weights: new Map() });
  };

  const table = embedding ? weight("embedding/embeddings") : identity(vocabulary);
  const common = shared ? embed(embedding ? "embedding" : "one_hot", table) : undefined;
  const outputs: string[] = [];
  for (let layer = 0; layer < count; layer++) {
    const below = outputs.slice(-1);
    let kernel = weight(`lstm_${layer}/kernel`);
    const reads = [...below];
    if (layer < readers) {
      const rows = below.length * neurons;
      reads.push(common ?? embed(`embedding_${layer}`, rowsOf(kernel, rows, kernel.shape[0])));
      if (common === undefined) kernel = stacked([rowsOf(kernel, 0, rows), identity(gates)]);
    }
    outputs.push(
      add({
        className: "LSTM",
        name: `lstm_${layer}`,
        config: {
          units: neurons,
          activation: "tanh",
          recurrent_activation: "sigmoid",
          return_sequences: true,
          ...zeros,
          recurrent_initializer: "zeros",
        },
        reads: [together(`lstm_${layer}_reads`, reads)],
        width: neurons,
        weights: new Map([
          ["kernel", kernel],
          ["recurrent_kernel", weight(`lstm_${layer}/recurrent_kernel`)],
          ["bias", weight(`lstm_${layer}/bias`)],
        ]),
      }),
    );
  }
  const seen = [...(skipEmbedding ? [common!] : []), ...(skipConnections ? outputs : outputs.slice(-1))];
  add({
    className: "Dense",
    name: "head",
    config: { units: vocabulary, activation: softmax ? "softmax" : "linear", ...zeros },
    reads: [together("head_reads", seen)],
    width: vocabulary,
    weights: new Map([
      ["kernel", weight("head/kernel")],
      ["bias", weight("head/bias")],
    ]),
  });
  return layers;
}

/** Some rows of a matrix. */
export function rowsOf({ shape, values }: Weight, from: number, to: number): Weight {
  const columns = shape[1];
  return { shape: [to - from, columns], values: values.slice(from * columns, to * columns) };
}

/** Matrices of as many columns, below one another. */
export function stacked(parts: readonly Weight[]): Weight {
  const rows = parts.reduce((sum, { shape }) => sum + shape[0], 0);
  const values = new Float32Array(rows * parts[0].shape[1]);
  let at = 0;
  for (const part of parts) {
    values.set(part.values, at);
    at += part.values.length;
  }
  return { shape: [rows, parts[0].shape[1]], values };
}

/** A square of ones on the diagonal. */
export function identity(size: number): Weight {
  const values = new Float32Array(size * size);
  for (let i = 0; i < size; i++) values[i * size + i] = 1;
  return { shape: [size, size], values };
}

function weightsOf(model: Model): Map<string, Weight> {
  return tf.tidy(
    () =>
      new Map(
        Array.from(model.weights, ([name, weight]) => [
          name,
          { shape: weight.shape, values: weight.dataSync<"float32">().slice() },
        ]),
      ) as never,
  );
}

function refuse(model: Model): void {
  const { attention, labels, softmax } = model.params;
  const lost = [
    ...(attention
      ? ["`attention` (no layer of Keras averages over the last `steps` tokens as it does)"]
      : []),
    ...(softmax === "adaptive" ? ['`softmax` "adaptive" (no layer of Keras scores words in clusters)'] : []),
    ...(labels.length ? ["`labels` (a layer of Keras begins with a state of zero)"] : []),
  ];
  // Whatever else a network may have: its outputs would be others without it.
  const known = /^(embedding|lstm_\d+|head)\/(embeddings|kernel|recurrent_kernel|bias)$/;
  const unknown = model.weights.names.filter(
    (name) => !known.test(name) && !/^(attention|labels|tail_\d+)\//.test(name),
  );
  if (unknown.length) lost.push(`the weights ${unknown.join(", ")}`);
  if (lost.length)
    throw new Error(
      `Expected a network that Keras has layers for; what doesn't carry over: ${lost.join("; ")}. ` +
        "Keep it with `saveModel`, or train one without",
    );
}
