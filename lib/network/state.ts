/** What a network remembers between two tokens, and what is done with it whatever it holds. */
import type { Memory } from "./layers/attention";
import type { LayerState } from "./lstm/layer";
import { tf, type NamedTensors, type Tensor, type Tensor2D, type Tensor3D } from "./tensorflow";

export interface State {
  /** Of each layer, first to last. */
  readonly layers: readonly LayerState[];
  /** What attention looks back at; none where the network has no attention, or has read nothing. */
  readonly memory?: Memory;
  /** The last tokens, as 32-bit floats, of a network that reads a window anew for each token: [batch, steps - 1]. */
  readonly window?: Tensor2D;
  /** The embeddings of the labels that a network is conditioned on: see `labelRows`. */
  readonly conditioning?: Tensor2D;
}

/** Makes another state out of one, tensor by tensor; the first dimension of each is the batch. */
export function mapState(state: State, change: <Kind extends Tensor>(tensor: Kind) => Kind): State {
  const { layers, memory, window, conditioning } = state;
  return {
    layers: layers.map(({ hidden, cell }) => ({ hidden: change(hidden), cell: change(cell) })),
    ...(memory && { memory: { features: change(memory.features), present: change(memory.present) } }),
    ...(window && { window: change(window) }),
    ...(conditioning && { conditioning: change(conditioning) }),
  };
}

/** All tensors by name: "0/hidden", "0/cell", …, "memory/features", "memory/present", "window", "told". */
export function namedState({ layers, memory, window, conditioning }: State): NamedTensors {
  const named: NamedTensors = {};
  layers.forEach(({ hidden, cell }, layer) => {
    named[`${layer}/hidden`] = hidden;
    named[`${layer}/cell`] = cell;
  });
  return {
    ...named,
    ...(memory && { "memory/features": memory.features, "memory/present": memory.present }),
    ...(window && { window }),
    ...(conditioning && { told: conditioning }), // under this name checkpoints have it
  };
}

/** The way back, with the same tensors. */
export function stateOf(named: NamedTensors): State {
  const layers: LayerState[] = [];
  while (named[`${layers.length}/hidden`]) {
    const layer = layers.length;
    layers.push({ hidden: named[`${layer}/hidden`] as Tensor2D, cell: named[`${layer}/cell`] as Tensor2D });
  }
  const features = named["memory/features"] as Tensor3D | undefined;
  const { window, told: conditioning } = named as { window?: Tensor2D; told?: Tensor2D };
  return {
    layers,
    ...(features && { memory: { features, present: named["memory/present"] as Tensor2D } }),
    ...(window && { window }),
    ...(conditioning && { conditioning }),
  };
}

export function disposeState(state: State): void {
  tf.dispose(namedState(state));
}

/** The conditioning carried over into the state after some tokens: kept, the caller disposes of it. */
export function keptConditioning({ conditioning }: State): Pick<State, "conditioning"> {
  return conditioning ? { conditioning: tf.keep(conditioning.clone()) } : {};
}
