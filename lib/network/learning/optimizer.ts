/** What changes the weights of a network by their gradients; those that there are, `optimizers.ts` makes. */
import type { UpdateSettings } from "./adam-update";
import type { Scalar, Tensor, Variable } from "../tensorflow";

export type OptimizerName = "adam" | "sgd" | "rmsprop" | "adagrad" | "adadelta";

export interface Optimizer {
  /** What it remembers of the variables, in their order, by a name for each kind: Adam's are "mean" and "square". */
  readonly memory: Readonly<Record<string, readonly Variable[]>>;
  /** @returns the global norm of the gradients before clipping; the caller disposes of it */
  apply(gradients: readonly Tensor[], settings: UpdateSettings): Scalar;
  /** Takes over a memory that was saved: copies it. */
  load(memory: Readonly<Record<string, readonly Tensor[]>>, updates: number): void;
  dispose(): void;
}
