/** One update of Adam, which each way of computing has its own of. */
import type { Scalar, Tensor, Variable } from "../tensorflow";

/** What any optimizer is told of an update. */
export interface UpdateSettings {
  readonly learningRate: number;
  /** 0 does not clip. */
  readonly clipNorm: number;
  /** Share of itself, in units of the learning rate, that each weight loses before the update. */
  readonly weightDecay: number;
}

export interface AdamSettings extends UpdateSettings {
  /** Which update this is, from 1: the averages of the first ones are corrected for having started at zero. */
  readonly update: number;
  readonly beta1: number;
  readonly beta2: number;
  /** Is added to the root of the corrected average of squares, as in the paper and in PyTorch. */
  readonly epsilon: number;
}

/**
 * Updates the variables and both averages in place. All four lists have the same order and shapes.
 *
 * @returns the global norm of the gradients before clipping; the caller disposes of it
 */
export type AdamUpdate = (
  variables: readonly Variable[],
  gradients: readonly Tensor[],
  means: readonly Variable[],
  squares: readonly Variable[],
  settings: AdamSettings,
) => Scalar;
