/** By which rules the older optimizers change a weight, and what each of them remembers of it. */
import type { Tensor } from "../tensorflow";
import type { OptimizerName } from "./optimizer";

/** How an optimizer goes: what it remembers of a variable, and how far a gradient changes it. */
export interface Rule {
  /** By its name, what each memory begins with. */
  readonly memory: Readonly<Record<string, number>>;
  /**
   * @param remembered in the order of `memory`
   * @returns what is taken off the variable, and what is remembered from now on
   */
  step(gradient: Tensor, remembered: readonly Tensor[], learningRate: number): [Tensor, ...Tensor[]];
}

/** Keeps divisions from zero, as in Keras and TensorFlow.js. */
const epsilon = 1e-7;

export const rules: Record<Exclude<OptimizerName, "adam">, Rule> = {
  /** Stochastic gradient descent without momentum. */
  sgd: {
    memory: {},
    step: (gradient, _, learningRate) => [gradient.mul(learningRate)],
  },
  /** Tieleman and Hinton 2012, lecture 6.5. */
  rmsprop: {
    memory: { square: 0 },
    step(gradient, [square], learningRate) {
      const after = square.mul(0.9).add(gradient.square().mul(0.1));
      return [gradient.div(after.add(epsilon).sqrt()).mul(learningRate), after];
    },
  },
  /** Duchi et al. 2011. */
  adagrad: {
    memory: { square: 0.1 },
    step(gradient, [square], learningRate) {
      const after = square.add(gradient.square());
      return [gradient.div(after.add(epsilon).sqrt()).mul(learningRate), after];
    },
  },
  /** Zeiler 2012, algorithm 1. */
  adadelta: {
    memory: { square: 0, change: 0 },
    step(gradient, [square, change], learningRate) {
      const after = square.mul(0.95).add(gradient.square().mul(0.05));
      const step = gradient.mul(change.add(epsilon).sqrt().div(after.add(epsilon).sqrt()));
      return [step.mul(learningRate), after, change.mul(0.95).add(step.square().mul(0.05))];
    },
  },
};
