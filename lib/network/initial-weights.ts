/** The weights that a network begins with. */
import type { Labels } from "../text/labels";
import { random } from "../base/random";
import { headColumns, tailNames, tailsOf } from "./layers/adaptive-softmax";
import { cutoffsOf } from "./layers/cutoffs";
import { labelWidth } from "./layers/conditioning";
import type { LayerWeights } from "./lstm/layer";
import type { NetworkParams } from "./params";
import { tf, type Tensor, type Tensor2D } from "./tensorflow";

/**
 * How far fresh weights reach: those of the tokens as they are, since a layer reads one row of them at a time, as from an
 * embedding; the others in units of 1/√(their inputs). Tried out on four novels (docs/log.md): with PyTorch's limits,
 * 1/√neurons for all, the loss of the first 400 iterations stays where counting characters would bring it.
 */
const reach = { tokens: 2.5, below: 2, recurrent: 1, head: 3, projection: Math.sqrt(3), labels: 1 };

export interface FreshWeights {
  /** Of each layer, first to last, in Keras' layout; behind those that read forwards the others: see `bothWays`. */
  readonly layers: readonly LayerWeights[];
  /**
   * The weights outside the layers, by name: `embedding/embeddings`, `attention/kernel`, `head/kernel`, `head/bias`,
   * `tail_0/projection` …, and `labels/…`.
   */
  readonly others: ReadonlyMap<string, Tensor>;
}

/**
 * Uniform, within the limits of `reach`; forget gates open (bias 1; Jozefowicz et al. 2015); an embedding of variance 1;
 * attention that weighs all alike; everything from `params.seed`. Call it inside `tf.tidy`.
 *
 * @param vocabulary how many tokens there are
 */
export function freshWeights(params: NetworkParams, vocabulary: number, labels: Labels): FreshWeights {
  const { neurons, skipConnections, embedding, attention, bidirectional, seed } = params;
  let drawn = 0;
  const uniform = (rows: number, columns: number, limit: number): Tensor2D => {
    const draw = random(seed, drawn++);
    const values = Float32Array.from({ length: rows * columns }, () => (2 * draw() - 1) * limit);
    return tf.tensor2d(values, [rows, columns]);
  };
  const conditioningWidth = labels.count * labelWidth;
  const unit = 1 / Math.sqrt(neurons);
  const gates = 4 * neurons;
  const tokens = () =>
    embedding
      ? uniform(embedding, gates, reach.tokens / Math.sqrt(embedding))
      : uniform(vocabulary, gates, reach.tokens);
  const layers = Array.from({ length: params.layers * (bidirectional ? 2 : 1) }, (_, index): LayerWeights => {
    const layer = index % params.layers;
    const below = () => uniform(neurons, gates, reach.below * unit);
    const conditioning = () => uniform(conditioningWidth, gates, reach.labels / Math.sqrt(conditioningWidth));
    const read = [...(conditioningWidth ? [conditioning] : []), tokens];
    const rows = [...(layer > 0 ? [below] : []), ...(layer === 0 || skipConnections ? read : [])];
    return {
      kernel: tf.concat(rows.map((make) => make())),
      recurrentKernel: uniform(neurons, gates, reach.recurrent * unit),
      bias: tf.tensor1d(new Float32Array(gates).fill(1, neurons, 2 * neurons)),
    };
  });
  const width = headWidth(params);
  const cutoffs = cutoffsOf(params, vocabulary);
  const columns = headColumns(cutoffs, vocabulary);
  const head = uniform(width, columns, reach.head / Math.sqrt(width));
  const others = new Map<string, Tensor>();
  if (embedding) others.set("embedding/embeddings", uniform(vocabulary, embedding, Math.sqrt(3)));
  if (attention) others.set("attention/kernel", tf.zeros([featureWidth(params), 1]));
  others.set("head/kernel", head).set("head/bias", tf.zeros([columns]));
  tailsOf(cutoffs, vocabulary, width).forEach((tail, index) => {
    const [projection, kernel, bias] = tailNames(index);
    others.set(projection, uniform(width, tail.width, reach.projection / Math.sqrt(width)));
    others.set(kernel, uniform(tail.width, tail.tokens, reach.head / Math.sqrt(tail.width)));
    others.set(bias, tf.zeros([tail.tokens]));
  });
  for (const { name, values } of labels.all)
    others.set(`labels/${name}/embeddings`, uniform(1 + values.length, labelWidth, Math.sqrt(3)));
  if (conditioningWidth) {
    const states = 2 * layers.length * neurons;
    others.set(
      "labels/kernel",
      uniform(conditioningWidth, states, reach.labels / Math.sqrt(conditioningWidth)),
    );
    others.set("labels/bias", tf.zeros([states]));
  }
  return { layers, others };
}

/** How many numbers the network has at a position, before attention and head: see `Model.read`. */
export function featureWidth(params: NetworkParams): number {
  const { neurons, layers, bidirectional, embedding, skipEmbedding } = params;
  const output = neurons * (bidirectional ? 2 : 1);
  return (readsAll(params) ? layers : 1) * output + (skipEmbedding ? embedding : 0);
}

/** How many numbers the head reads. */
export function headWidth(params: NetworkParams): number {
  return featureWidth(params) * (params.attention ? 2 : 1);
}

/** Whether the head reads every layer, and not only the last one. */
export function readsAll({ skipConnections, attention }: NetworkParams): boolean {
  return skipConnections || attention;
}
