/** Layers on top of each other, the connections between them, and how their weights are held while they are learned. */
import { dropoutMask } from "./dropout";
import type { Precision } from "../params";
import {
  ownVariable,
  tf,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
  type Variable,
} from "../tensorflow";
import type { Layer, LayerInput, LayerOutput, LayerState, LayerWeights } from "./layer";

/** What all layers remember, first to last. */
export type LayerStates = readonly LayerState[];

export interface StackOptions {
  /** Whether every layer reads the tokens beside the layer below (Graves 2013, section 2). */
  readonly skipConnections: boolean;
  /** Whether every layer's output is wanted, not only the last one's; some compute faster without (default: false). */
  readonly everyOutput?: boolean;
}

/** Silences a share of each layer's output (Zaremba et al. 2014). */
export interface Dropout {
  readonly rate: number;
  readonly seed: number;
  /** Tells the masks of one step from those of another. */
  readonly place: number;
}

/** What holds in a training step, and nowhere else. */
export interface StepOptions {
  readonly dropout?: Dropout;
  /** Of what the layers multiply (default: "fp32"). */
  readonly precision?: Precision;
}

/**
 * What the lowest layer reads, and with skip connections every layer: tokens, numbers for each of them, as of an embedding, or
 * both. In the kernels the rows of the numbers come first.
 */
export interface StackInput {
  /** int32: [time, batch] */
  readonly ids?: Tensor2D;
  /** [time, batch, width] */
  readonly embedded?: Tensor3D;
}

export interface StackOutput {
  /** [time, batch, neurons] of each layer, first to last; where not every output is wanted, maybe of the last one alone. */
  readonly outputs: readonly Tensor3D[];
  /** After the last token; kept, whoever calls disposes of it. */
  readonly state: LayerStates;
}

/**
 * Stacked layers with their weights. Learning changes `variables`, in which whoever computes holds the weights as it
 * likes; everybody else knows them in Keras' layout.
 */
export interface Stack {
  /** In an order that stays. */
  readonly variables: readonly Variable[];
  /** The weights in Keras' layout. Read it inside `tf.tidy`: they are the variables, or are made of them for the occasion. */
  readonly layers: readonly LayerWeights[];
  /** Runs all layers over all time steps. Differentiable by the variables and by what is embedded. */
  run(input: StackInput, state: LayerStates, options?: StepOptions): StackOutput;
  /**
   * Brings into Keras' layout what there is one of for each variable: the weights, their gradients, averages of them.
   * Call it inside `tf.tidy`, as well as the way back.
   *
   * @returns in a row: of each layer, first to last, kernel, recurrent kernel and bias
   */
  toKeras(held: readonly Tensor[]): readonly Tensor[];
  fromKeras(row: readonly Tensor[]): readonly Tensor[];
  dispose(): void;
}

/** A stack that begins with copies of weights in Keras' layout. */
export type MakeStack = (fresh: readonly LayerWeights[], options: StackOptions) => Stack;

/** Stacks of a layer that is computed by itself; each weight is a variable, in Keras' layout. */
export function stackOf(layer: Layer): MakeStack {
  return (fresh, { skipConnections }) => {
    const variables = inARow(fresh).map((weight) => ownVariable(() => weight));
    const layers = threeByThree(variables);
    return {
      variables,
      layers,
      run: (input, state, { dropout, precision } = {}) => {
        const run = (read: LayerInput, index: number) => layer(read, layers[index], state[index], precision);
        return runLayers(layers.length, run, input, { skipConnections, dropout });
      },
      toKeras: (held) => held,
      fromKeras: (row) => row,
      dispose: () => tf.dispose(variables),
    };
  };
}

/** Runs layers one by one, each by a call of `run`, and drops what is to be dropped of their outputs. */
export function runLayers(
  count: number,
  run: (input: LayerInput, index: number) => LayerOutput,
  { ids, embedded }: StackInput,
  { skipConnections, dropout }: { readonly skipConnections: boolean; readonly dropout?: Dropout },
): StackOutput {
  const outputs: Tensor3D[] = [];
  const state = Array.from({ length: count }, (_, index) => {
    const reads = index === 0 || skipConnections;
    const below = [outputs[index - 1], reads ? embedded : undefined].filter((part) => part !== undefined);
    const after = run({ below: sideBySide(below), ids: reads ? ids : undefined }, index);
    outputs.push(dropout ? drop(after.hidden, dropout, index) : after.hidden);
    return after.state;
  });
  return { outputs, state };
}

/** [time, batch, width] of all of them; undefined of none. */
export function sideBySide(parts: readonly Tensor3D[]): Tensor3D | undefined {
  return parts.length > 1 ? tf.concat([...parts], 2) : parts[0];
}

/** Multiplies the output of a layer with its mask of this step. */
export function drop(hidden: Tensor3D, { rate, seed, place }: Dropout, layer: number): Tensor3D {
  return rate > 0 ? hidden.mul(dropoutMask(hidden.shape, rate, seed, place, layer)) : hidden;
}

/** Of each layer, first to last, kernel, recurrent kernel and bias. */
export function inARow(layers: readonly LayerWeights[]): Tensor[] {
  return layers.flatMap(({ kernel, recurrentKernel, bias }) => [kernel, recurrentKernel, bias]);
}

/** The layers whose weights stand in a row. */
export function threeByThree(row: readonly Tensor[]): LayerWeights[] {
  return Array.from({ length: row.length / 3 }, (_, layer) => ({
    kernel: row[3 * layer] as Tensor2D,
    recurrentKernel: row[3 * layer + 1] as Tensor2D,
    bias: row[3 * layer + 2] as Tensor1D,
  }));
}
