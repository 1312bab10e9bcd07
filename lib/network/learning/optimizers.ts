/**
 * What changes the weights by their gradients: Adam, for which there are fast implementations (`adam.ts`), and the older
 * optimizers of Keras and TensorFlow.js, in plain operations, to repeat what was done with them.
 */
import { Adam } from "./adam";
import { clipScale } from "./clip";
import type { Implementation } from "../implementation";
import { assignCopy, ownVariable, tf, type Scalar, type Tensor, type Variable } from "../tensorflow";

export type OptimizerName = "adam" | "sgd" | "rmsprop" | "adagrad" | "adadelta";

export interface Optimizer {
  /** What it remembers of the variables, in their order, by a name for each kind: Adam's are "mean" and "square". */
  readonly memory: Readonly<Record<string, readonly Variable[]>>;
  /**
   * @param weightDecay share of itself, in units of the learning rate, that each weight loses before the update; 0
   * @returns the global norm of the gradients before clipping; the caller disposes of it
   */
  apply(gradients: readonly Tensor[], learningRate: number, clipNorm: number, weightDecay?: number): Scalar;
  /** Takes over a memory that was saved: copies it. */
  load(memory: Readonly<Record<string, readonly Tensor[]>>, updates: number): void;
  dispose(): void;
}

/**
 * A fresh optimizer of some variables.
 *
 * @example makeOptimizer("rmsprop", model.weights.variables, model.implementation).apply(gradients, 1e-3, 5).dispose();
 */
export function makeOptimizer(
  name: OptimizerName,
  variables: readonly Variable[],
  implementation: Pick<Implementation, "adam">,
): Optimizer {
  return name === "adam" ? new Adam(variables, implementation.adam) : new ByRule(variables, rules[name]);
}

/** How an optimizer goes: what it remembers of a variable, and how far a gradient changes it. */
interface Rule {
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

const rules: Record<Exclude<OptimizerName, "adam">, Rule> = {
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

class ByRule implements Optimizer {
  readonly memory: Readonly<Record<string, readonly Variable[]>>;

  constructor(
    private readonly variables: readonly Variable[],
    private readonly rule: Rule,
  ) {
    this.memory = Object.fromEntries(
      Object.entries(rule.memory).map(([name, first]) => [
        name,
        variables.map(({ shape }) => ownVariable(() => tf.fill(shape, first))),
      ]),
    );
  }

  apply(gradients: readonly Tensor[], learningRate: number, clipNorm: number, weightDecay = 0): Scalar {
    return tf.tidy(() => {
      const norm = tf.addN(gradients.map((gradient) => gradient.square().sum())).sqrt() as Scalar;
      const scale = clipScale(norm, clipNorm);
      const kinds = Object.values(this.memory);
      this.variables.forEach((variable, index) => {
        const remembered = kinds.map((kind) => kind[index]);
        const [change, ...after] = this.rule.step(gradients[index].mul(scale), remembered, learningRate);
        remembered.forEach((memory, kind) => memory.assign(after[kind]));
        variable.assign(variable.mul(1 - learningRate * weightDecay).sub(change));
      });
      return norm;
    });
  }

  load(memory: Readonly<Record<string, readonly Tensor[]>>): void {
    for (const [name, kept] of Object.entries(this.memory))
      kept.forEach((variable, index) => assignCopy(variable, memory[name][index]));
  }

  dispose(): void {
    tf.dispose(Object.values(this.memory).flat());
  }
}
