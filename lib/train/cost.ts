/** What a training step costs on this machine, part by part. How it stands beside other programs is measured in `bench/`. */
import { Adam } from "../network/adam";
import { disposeState, type Model } from "../network/model";
import { tf, type Scalar, type Tensor2D } from "../network/tensorflow";
import type { Batch } from "../text/batch";
import { random } from "../text/random";
import { trainingStep, validationStep } from "./step";

/** Milliseconds of a step, each the median of the repeats. */
export interface StepCost {
  /** Reading the batch and comparing the scores with what came. */
  readonly forward: number;
  /** Going back from the loss to the gradients of all weights. */
  readonly backward: number;
  /** Clipping the gradients, and Adam. */
  readonly update: number;
}

/**
 * Times steps on random characters, of the size that `model.params` say. The weights change, as in a training.
 *
 * @param repeats how often each part is timed, the parts in turn, after a step that is not; 5
 * @example const { forward, backward, update } = stepCost(model)
 */
export function stepCost(model: Model, { repeats = 5 } = {}): StepCost {
  if (!(Number.isInteger(repeats) && repeats >= 1))
    throw new Error(`Expected \`repeats\` to be a whole number of at least 1, got ${repeats}`);
  const batch = randomBatch(model);
  const optimizer = new Adam(model.variables, model.implementation.adam);
  const state = model.zeroState(batch.batch);
  const [ids, targets] = [batch.inputs, batch.targets].map((values) =>
    tf.tensor2d(values, [batch.time, batch.batch], "int32"),
  ) as [Tensor2D, Tensor2D];

  const whole = () => {
    const {
      crossEntropy,
      accuracy,
      gradientNorm,
      state: after,
    } = trainingStep(model, optimizer, batch, state, 0, 0);
    disposeState(after);
    return [crossEntropy, accuracy, gradientNorm];
  };
  const reading = () => {
    const { crossEntropy, accuracy, state: after } = validationStep(model, batch, state);
    disposeState(after);
    return [crossEntropy, accuracy];
  };
  const learning = () =>
    tf.tidy(() => {
      const { crossEntropy, accuracy, state: after } = model.learn(ids, targets, state, 0);
      disposeState(after);
      return [crossEntropy, accuracy];
    });
  milliseconds(whole);
  const times = Array.from({ length: repeats }, () => [reading, learning, whole].map(milliseconds));
  const [forward, both, all] = [0, 1, 2].map((part) => middle(times.map((round) => round[part])));
  tf.dispose([ids, targets]);
  disposeState(state);
  optimizer.dispose();
  return { forward, backward: Math.max(0, both - forward), update: Math.max(0, all - both) };
}

/** [time, batch] of characters that nobody wrote: what a step costs does not depend on them. */
function randomBatch({ params: { steps, batchSize, seed }, vocabulary }: Model): Batch {
  const draw = random(seed);
  const ids = () =>
    Int32Array.from({ length: steps * batchSize }, () => Math.floor(draw() * vocabulary.size));
  return { inputs: ids(), targets: ids(), time: steps, batch: batchSize };
}

/** The time until the numbers are there, which a GPU is waited for. */
function milliseconds(work: () => Scalar[]): number {
  const began = performance.now();
  const numbers = work();
  numbers.forEach((number) => number.dataSync());
  const took = performance.now() - began;
  tf.dispose(numbers);
  return took;
}

function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}
