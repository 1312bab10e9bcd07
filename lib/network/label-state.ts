/**
 * What a network remembers before it reads a text of which it is told the labels: a learned function of these. The values
 * of each label have an embedding; side by side these are projected onto the hidden and the cell states of all layers.
 */
import { lookUp } from "./look-up";
import type { LayerStates } from "./lstm/stack";
import type { State } from "./state";
import { tf, type Tensor1D, type Tensor2D } from "./tensorflow";

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
export interface Told {
  /** The numbers of their labels, int32: [labels, batch]. */
  readonly labels: Tensor2D;
  /** 1 for rows that begin a text, whose state is zero, and 0 for the others: [batch, 1]; without it all begin. */
  readonly begun?: Tensor2D;
}

/**
 * The states that labels make, between -1 and 1. Differentiable by the weights.
 *
 * @param labels int32: [labels, batch]
 */
export function labelStates(
  labels: Tensor2D,
  { embeddings, kernel, bias }: LabelWeights,
  neurons: number,
): LayerStates {
  const batch = labels.shape[1];
  const rows = embeddings.map((rowsOf, label) => {
    return lookUp(rowsOf, labels.slice([label, 0], [1, batch])).reshape([batch, labelWidth]);
  });
  const states = tf.concat(rows, 1).matMul(kernel).add(bias).tanh(); // [batch, 2 × layers × neurons]
  const parts = tf.split(states, bias.shape[0] / neurons, 1);
  return Array.from({ length: parts.length / 2 }, (_, layer) => ({
    hidden: parts[2 * layer] as Tensor2D,
    cell: parts[2 * layer + 1] as Tensor2D,
  }));
}

/** Gives the rows that begin what their labels make; the others keep what they have. */
export function begin(state: State, { labels, begun }: Told, weights: LabelWeights): State {
  const made = labelStates(labels, weights, state.layers[0].hidden.shape[1]);
  const added = (zero: Tensor2D, own: Tensor2D) => zero.add<Tensor2D>(begun ? own.mul(begun) : own);
  const layers = state.layers.map(({ hidden, cell }, layer) => ({
    hidden: added(hidden, made[layer].hidden),
    cell: added(cell, made[layer].cell),
  }));
  return { ...state, layers };
}
