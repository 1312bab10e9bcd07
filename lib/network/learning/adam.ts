/**
 * Adam (Kingma and Ba 2015, algorithm 1) with clipping by the global norm (Pascanu et al. 2013) and decoupled weight decay
 * (AdamW: Loshchilov and Hutter 2019, algorithm 2), and its memory.
 */
import { assignCopy, ownVariable, tf, type Scalar, type Tensor, type Variable } from "../tensorflow";

export interface AdamSettings {
  readonly learningRate: number;
  /** 0 does not clip. */
  readonly clipNorm: number;
  /** Share of itself, in units of the learning rate, that each weight loses before the update. */
  readonly weightDecay: number;
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
  apply(gradients: readonly Tensor[], learningRate: number, clipNorm: number, weightDecay = 0): Scalar {
    const update = this.updates + 1;
    const moments = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
    const settings = { learningRate, clipNorm, weightDecay, update, ...moments };
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

/**
 * By what gradients are multiplied so that their norm is at most `clipNorm`, where that is not 0. A norm that is NaN gives NaN:
 * on WebAssembly that holds of the first number of two alone.
 */
export function clipScale(norm: Scalar, clipNorm: number): Scalar {
  return clipNorm > 0 ? tf.minimum(tf.div<Scalar>(clipNorm, norm), 1) : tf.scalar(1);
}

/** The update in plain TensorFlow.js operations. */
export const referenceAdam: AdamUpdate = (variables, gradients, means, squares, settings) =>
  tf.tidy(() => {
    const { learningRate, clipNorm, weightDecay, update, beta1, beta2, epsilon } = settings;
    const norm = tf.addN(gradients.map((gradient) => gradient.square().sum())).sqrt() as Scalar;
    const scale = clipScale(norm, clipNorm);
    const kept = 1 - learningRate * weightDecay;
    const meanCorrection = 1 - beta1 ** update;
    const squareCorrection = 1 - beta2 ** update;
    variables.forEach((variable, index) => {
      const gradient = gradients[index].mul(scale);
      means[index].assign(means[index].mul(beta1).add(gradient.mul(1 - beta1)));
      squares[index].assign(squares[index].mul(beta2).add(gradient.square().mul(1 - beta2)));
      const direction = means[index].div(meanCorrection);
      const size = squares[index].div(squareCorrection).sqrt().add(epsilon);
      variable.assign(variable.mul(kept).sub(direction.div(size).mul(learningRate)));
    });
    return norm;
  });
