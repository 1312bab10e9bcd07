/**
 * A layer over all time steps, forward and backward, in an operation each of our own
 * (`native/operations/layer-operations.cc`).
 */
import type { Precision } from "../../params";
import { tf, type Tensor, type Tensor1D, type Tensor2D, type Tensor3D } from "../../tensorflow";
import type { LayerInput, LayerState, LayerWeights } from "../layer";
import { callOperation, halfOf } from "./operations";

/** What a layer reads and knows; one of `below` and `ids` must be there. */
export interface LayerInputs extends LayerInput, LayerState, LayerWeights {
  /** "fp32" where it is left out. */
  readonly precision?: Precision;
}

/** What a layer did at all time steps; `lstmBackward` needs all three. The caller disposes of them. */
export interface LayerSteps {
  /** [time, batch, neurons] */
  readonly hiddens: Tensor3D;
  readonly cells: Tensor3D;
  /** [time, batch, 4 × neurons] */
  readonly gates: Tensor3D;
}

export interface LayerGradients {
  /** Like `below`; of width 0 where there is none. */
  readonly below: Tensor3D;
  /** By the state before the first step: [batch, neurons]. */
  readonly hidden: Tensor2D;
  readonly cell: Tensor2D;
  readonly kernel: Tensor2D;
  readonly recurrentKernel: Tensor2D;
  readonly bias: Tensor1D;
}

/** Runs a layer over all time steps. */
export function lstmForward(inputs: LayerInputs): LayerSteps {
  const [hiddens, cells, gates] = tf.tidy(() =>
    callOperation("LstmForward", layerTensors(inputs), 3),
  ) as Tensor3D[];
  return { hiddens, cells, gates };
}

/**
 * @param hiddenGradient gradient by `steps.hiddens`: [time, batch, neurons]
 * @returns gradients by all that is not a whole number; the caller disposes of them
 */
export function lstmBackward(
  inputs: LayerInputs,
  steps: LayerSteps,
  hiddenGradient: Tensor3D,
): LayerGradients {
  const { hiddens, cells, gates } = steps;
  const [below, hidden, cell, kernel, recurrentKernel, bias] = tf.tidy(() =>
    callOperation("LstmBackward", [...layerTensors(inputs), hiddens, cells, gates, hiddenGradient], 6),
  );
  return {
    below: below as Tensor3D,
    hidden: hidden as Tensor2D,
    cell: cell as Tensor2D,
    kernel: kernel as Tensor2D,
    recurrentKernel: recurrentKernel as Tensor2D,
    bias: bias as Tensor1D,
  };
}

function layerTensors(inputs: LayerInputs): Tensor[] {
  const { below, ids, hidden, cell, kernel, recurrentKernel, bias, precision } = inputs;
  const read = below ?? ids;
  if (!read) throw new Error("Expected a layer to read characters, a layer below, or both");
  const [time, batch] = read.shape;
  const nothing = below ?? tf.zeros([time, batch, 0]);
  const characters = ids ?? tf.zeros([0, 0], "int32");
  return [nothing, characters, hidden, cell, kernel, recurrentKernel, bias, halfOf(precision)];
}
