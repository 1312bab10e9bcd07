/** What a training step costs on this machine, part by part. How it stands beside other programs is measured in `bench/`. */
import { checkWhole } from "../../base/option-error";
import { Adam } from "../../network/learning/adam";
import type { Model } from "../../network/model";
import { disposeState } from "../../network/state";
import { tf, tidy, type Scalar, type Tensor } from "../../network/tensorflow";
import type { Batch } from "../../text/batches/batch";
import { random } from "../../base/random";
import { completeParams, defaults, type Params } from "../params";
import { tensorsOf, validationStep } from "./step";

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
 * Times steps on random characters, of the size that `model.params` say, at a learning rate of 0, so that the weights stay.
 *
 * @param options.batchSize texts that are read side by side; 64
 * @param options.repeats how often each part is timed, the parts in turn, after a step that is not; 5
 * @example const { forward, backward, update } = stepCost(model)
 */
export function stepCost(model: Model, { repeats = 5, batchSize = defaults.batchSize } = {}): StepCost {
  checkWhole({ repeats }, 1);
  const params = completeParams({ ...model.params, batchSize });
  const batch = randomBatch(model, params);
  const optimizer = new Adam(model.weights.learned, model.implementation.adam);
  const state = model.zeroState(batch.batch);
  const tensors = tidy(() => tensorsOf(batch));
  const { ids, targets, given } = tensors;

  const read = () => {
    const { crossEntropy, accuracy, state: after } = validationStep(model, batch, state);
    disposeState(after);
    accuracy.dispose();
    return crossEntropy;
  };
  let gradients: Tensor[] = [];
  const learn = () =>
    tf.tidy(() => {
      const learned = model.learn(ids, targets, state, 0, given);
      const { crossEntropy, accuracy, state: after } = learned;
      disposeState(after);
      accuracy.dispose();
      gradients = learned.gradients.map((gradient) => tf.keep(gradient));
      return crossEntropy;
    });
  const update = () => {
    const norm = optimizer.apply(gradients, { learningRate: 0, clipNorm: params.clipNorm, weightDecay: 0 });
    tf.dispose(gradients);
    return norm;
  };
  const round = () => [read, learn, update].map(milliseconds);
  round();
  const rounds = Array.from({ length: repeats }, round);
  const [forward, both, changing] = [0, 1, 2].map((part) => middle(rounds.map((times) => times[part])));
  tf.dispose([ids, targets, ...(given ? [given.labels] : [])]);
  disposeState(state);
  optimizer.dispose();
  return { forward, backward: Math.max(0, both - forward), update: changing };
}

/** [time, batch] of characters that nobody wrote: what a step costs does not depend on them. */
function randomBatch({ vocabulary, labels }: Model, { steps, batchSize, seed }: Params): Batch {
  const draw = random(seed);
  const ids = () =>
    Int32Array.from({ length: steps * batchSize }, () => Math.floor(draw() * vocabulary.size));
  const given = labels.count ? { labels: new Int32Array(labels.count * batchSize) } : {};
  return { inputs: ids(), targets: ids(), time: steps, batch: batchSize, ...given };
}

/** The time until a number is there, for which a GPU is waited. */
function milliseconds(work: () => Scalar): number {
  const began = performance.now();
  const number = work();
  number.dataSync();
  const took = performance.now() - began;
  number.dispose();
  return took;
}

function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}
