/**
 * Conditioning on labels. The values of each label have an embedding. Side by side these are projected
 * onto the hidden and the cell states in which a text begins; and the layers that read tokens read them beside each token,
 * because conditioning at the beginning alone is soon forgotten (docs/log.md).
 */
import { lookUp } from "./look-up";
import type { LayerWeights } from "../lstm/layer";
import { sideBySide, type LayerStates, type StackInput } from "../lstm/stack";
import type { State } from "../state";
import { tf, type Tensor1D, type Tensor2D, type Tensor3D } from "../tensorflow";

/** Numbers by which a network knows each value of a label. */
export const labelWidth = 16;

export interface LabelWeights {
  /** Of each label: [1 + values, `labelWidth`]; the first row stands for any value. */
  readonly embeddings: readonly Tensor2D[];
  /** [labels × `labelWidth`, 2 × layers × neurons]: of each layer, first to last, hidden state and cell. */
  readonly kernel: Tensor2D;
  /** [2 × layers × neurons] */
  readonly bias: Tensor1D;
}

/** What is known of the rows of a batch. */
export interface Condition {
  /** The numbers of their labels, int32: [labels, batch]. */
  readonly labels: Tensor2D;
  /** 1 for rows that begin a text, whose state is zero, and 0 for the others: [batch, 1]; without it all begin. */
  readonly starts?: Tensor2D;
}

/**
 * The embeddings of labels side by side: [batch, labels × `labelWidth`].
 *
 * @param labels int32: [labels, batch]
 */
function labelRows(labels: Tensor2D, embeddings: readonly Tensor2D[]): Tensor2D {
  const batch = labels.shape[1];
  const rows = embeddings.map((rowsOf, label) =>
    lookUp(rowsOf, labels.slice([label, 0], [1, batch])).reshape([batch, labelWidth]),
  );
  return tf.concat(rows, 1) as Tensor2D;
}

/** The states that labels make, between -1 and 1. */
function labelStates(rows: Tensor2D, { kernel, bias }: LabelWeights, neurons: number): LayerStates {
  const states = rows.matMul(kernel).add(bias).tanh(); // [batch, 2 × layers × neurons]
  const parts = tf.split(states, bias.shape[0] / neurons, 1);
  return Array.from({ length: parts.length / 2 }, (_, layer) => ({
    hidden: parts[2 * layer] as Tensor2D,
    cell: parts[2 * layer + 1] as Tensor2D,
  }));
}

/**
 * Sets the initial state of rows that start a text from their labels, and attaches the label embedding to every row.
 * Differentiable by the weights.
 *
 * @param state left alone
 */
export function condition(state: State, { labels, starts }: Condition, weights: LabelWeights): State {
  const conditioning = labelRows(labels, weights.embeddings);
  const made = labelStates(conditioning, weights, state.layers[0].hidden.shape[1]);
  const added = (zero: Tensor2D, own: Tensor2D) => zero.add<Tensor2D>(starts ? own.mul(starts) : own);
  const layers = state.layers.map(({ hidden, cell }, layer) => ({
    hidden: added(hidden, made[layer].hidden),
    cell: added(cell, made[layer].cell),
  }));
  return { ...state, layers, conditioning };
}

/** What the layers of a network with labels read: the embeddings of the text's labels beside each token. */
export function withConditioning({ ids, embedded }: StackInput, { conditioning }: State): StackInput {
  if (!conditioning) return { ids, embedded };
  const time = (ids ?? embedded!).shape[0];
  const each = conditioning.expandDims(0).tile([time, 1, 1]) as Tensor3D;
  return { ids, embedded: sideBySide([each, ...(embedded ? [embedded] : [])]) };
}

/**
 * Layers that read tokens alone, in place of layers that read the same conditioning beside each: its product is added to their
 * biases. Call it inside `tf.tidy`.
 *
 * @param conditioning of one text: [1, labels × `labelWidth`]
 */
export function foldConditioning(layers: readonly LayerWeights[], conditioning: Tensor2D): LayerWeights[] {
  const width = conditioning.shape[1];
  return layers.map((layer, index) => {
    const { kernel, bias } = layer;
    const [rows, gates] = kernel.shape;
    const below = index === 0 ? 0 : layers[index - 1].recurrentKernel.shape[0];
    if (rows === below) return layer;
    const tokens = kernel.slice([below + width, 0], [rows - below - width, gates]);
    return {
      ...layer,
      kernel: tf.concat([kernel.slice([0, 0], [below, gates]), tokens]) as Tensor2D,
      bias: bias.add<Tensor1D>(
        conditioning.matMul(kernel.slice([below, 0], [width, gates])).reshape([gates]),
      ),
    };
  });
}
