/**
 * Adam (Kingma and Ba 2015, algorithm 1) with clipping by the global norm (Pascanu et al. 2013) and decoupled weight decay
 * (AdamW: Loshchilov and Hutter 2019, algorithm 2), and its memory.
 */
import { assignCopy, ownVariable, tf, type Scalar, type Tensor, type Variable } from "../tensorflow";
import type { AdamUpdate, UpdateSettings } from "./adam-update";

export class Adam {
  /** Updates made so far. */
  updates = 0;
  /** Running averages of the gradients and of their squares, one for each variable. */
  readonly means: readonly Variable[];
  readonly squares: readonly Variable[];

  constructor(
    private readonly variables: readonly Variable[],
    private readonly update: AdamUpdate,
  ) {
    const zeros = () => variables.map(({ shape }) => ownVariable(() => tf.zeros(shape)));
    this.means = zeros();
    this.squares = zeros();
  }

  /** @returns the global norm of the gradients before clipping; the caller disposes of it */
  apply(gradients: readonly Tensor[], given: UpdateSettings): Scalar {
    const update = this.updates + 1;
    const moments = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
    const settings = { ...given, update, ...moments };
    const norm = this.update(this.variables, gradients, this.means, this.squares, settings);
    this.updates = update;
    return norm;
  }

  /** Both averages: see `Optimizer.memory`. */
  get memory(): { mean: readonly Variable[]; square: readonly Variable[] } {
    return { mean: this.means, square: this.squares };
  }

  /** Takes over averages that were saved: copies them. */
  load(memory: Readonly<Record<string, readonly Tensor[]>>, updates: number): void {
    this.means.forEach((mean, index) => assignCopy(mean, memory.mean[index]));
    this.squares.forEach((square, index) => assignCopy(square, memory.square[index]));
    this.updates = updates;
  }

  dispose(): void {
    tf.dispose([...this.means, ...this.squares]);
  }
}
