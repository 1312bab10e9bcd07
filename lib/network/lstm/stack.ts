/** Layers on top of each other, and the connections between them. */
import { dropoutMask } from "../dropout";
import { tf, type Tensor2D, type Tensor3D } from "../tensorflow";
import type { Layer, LayerState, LayerWeights } from "./layer";

/** The hidden states of all layers, first to last. */
export type State = readonly LayerState[];

export interface StackOptions {
  /**
   * Whether every layer reads the characters beside the layer below, and the output is that of all layers side by side
   * (Graves 2013, section 2).
   */
  readonly skipConnections: boolean;
  readonly dropout?: Dropout;
}

/** Silences a share of each layer's output (Zaremba et al. 2014). */
export interface Dropout {
  readonly rate: number;
  readonly seed: number;
  /** Tells the masks of one step from those of another. */
  readonly place: number;
}

export interface StackOutput {
  /** [time, batch, neurons], or [time, batch, layers × neurons] with skip connections. */
  readonly output: Tensor3D;
  /** After the last character; kept, whoever calls disposes of it. */
  readonly state: State;
}

/**
 * Runs all layers over all time steps. Differentiable by the weights.
 *
 * @param ids characters, int32: [time, batch]
 */
export type Stack = (
  ids: Tensor2D,
  layers: readonly LayerWeights[],
  state: State,
  options: StackOptions,
) => StackOutput;

/** The stack of a layer that is computed by itself. */
export function stackOf(layer: Layer): Stack {
  return (ids, layers, state, { skipConnections, dropout }) => {
    const outputs: Tensor3D[] = [];
    const after = layers.map((weights, index) => {
      const input = { below: outputs[index - 1], ids: index === 0 || skipConnections ? ids : undefined };
      const { hidden, state: next } = layer(input, weights, state[index]);
      outputs.push(dropout ? drop(hidden, dropout, index) : hidden);
      return next;
    });
    const all = skipConnections && outputs.length > 1;
    return { output: all ? tf.concat(outputs, 2) : outputs[outputs.length - 1], state: after };
  };
}

/** Multiplies the output of a layer with its mask of this step. */
export function drop(hidden: Tensor3D, { rate, seed, place }: Dropout, layer: number): Tensor3D {
  return rate > 0 ? hidden.mul(dropoutMask(hidden.shape, rate, seed, place, layer)) : hidden;
}
