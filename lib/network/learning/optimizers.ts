/**
 * What changes the weights by their gradients: Adam, for which there are fast implementations (`adam.ts`), and the older
 * optimizers of Keras and TensorFlow.js, in plain operations, to repeat what was done with them.
 */
import { Adam } from "./adam";
import type { Implementation } from "../implementation";
import type { Variable } from "../tensorflow";
import { ByRule } from "./by-rule";
import type { Optimizer, OptimizerName } from "./optimizer";
import { rules } from "./rules";

/**
 * A fresh optimizer of some variables.
 *
 * @example
 *   const optimizer = makeOptimizer("rmsprop", model.weights.variables, model.implementation);
 *   optimizer.apply(gradients, { learningRate: 1e-3, clipNorm: 5, weightDecay: 0 }).dispose();
 */
export function makeOptimizer(
  name: OptimizerName,
  variables: readonly Variable[],
  implementation: Pick<Implementation, "adam">,
): Optimizer {
  return name === "adam" ? new Adam(variables, implementation.adam) : new ByRule(variables, rules[name]);
}
