/** What a layer of LSTM cells is, whoever computes it: its weights, its state, and the function from one to the other. */
import type { Precision } from "../params";
import type { Tensor1D, Tensor2D, Tensor3D } from "../tensorflow";

/**
 * The weights of a layer in Keras' layout: the columns are the gates input, forget, cell, output, `neurons` each.
 * Of a layer that reads both the layer below and the characters, the kernel has the rows of the layer below first.
 */
export interface LayerWeights {
  /** [inputs, 4 × neurons] */
  readonly kernel: Tensor2D;
  /** [neurons, 4 × neurons] */
  readonly recurrentKernel: Tensor2D;
  /** [4 × neurons] */
  readonly bias: Tensor1D;
}

/** What a layer remembers between two characters: [batch, neurons] each. */
export interface LayerState {
  readonly hidden: Tensor2D;
  readonly cell: Tensor2D;
}

/** What a layer reads: characters, the outputs of the layer below, or both. */
export interface LayerInput {
  /** Character ids, int32: [time, batch]. */
  readonly ids?: Tensor2D;
  /** [time, batch, width] */
  readonly below?: Tensor3D;
}

export interface LayerOutput {
  /** [time, batch, neurons] */
  readonly hidden: Tensor3D;
  /** After the last character. These two are kept: whoever calls disposes of them. */
  readonly state: LayerState;
}

/**
 * Runs a layer over all time steps. Differentiable by the weights, by `below` and by the state before the first step, not
 * from the state after the last one.
 *
 * @param precision of what is multiplied; "fp32" where it is left out
 */
export type Layer = (
  input: LayerInput,
  weights: LayerWeights,
  state: LayerState,
  precision?: Precision,
) => LayerOutput;
