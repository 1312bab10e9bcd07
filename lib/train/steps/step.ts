/** One training step: read a batch, see how wrong the predictions were, change the weights. */
import type { UpdateSettings } from "../../network/learning/adam-update";
import type { Optimizer } from "../../network/learning/optimizer";
import type { Condition } from "../../network/layers/conditioning";
import type { Model } from "../../network/model";
import { disposeState, mapState, type State } from "../../network/state";
import { tf, tidy, type Scalar, type Tensor2D } from "../../network/tensorflow";
import type { Batch } from "../../text/batches/batch";

export interface StepResult {
  /** Mean over the batch, in nats a character, before the weights changed. */
  readonly crossEntropy: Scalar;
  /** Share of characters predicted correctly. */
  readonly accuracy: Scalar;
  /** Global norm of the gradients before clipping. */
  readonly gradientNorm: Scalar;
  /** The hidden state after the batch. */
  readonly state: State;
}

export interface StepSettings extends UpdateSettings {
  /** Of the training step, counted from 0: dropout is drawn for it. */
  readonly iteration: number;
}

/**
 * @param state what the network remembers from the batch before; left alone
 * @returns three numbers that are still tensors, so that a step need not wait for them, and the state; the caller
 *   disposes of all four
 */
export function trainingStep(
  model: Model,
  optimizer: Optimizer,
  batch: Batch,
  state: State,
  { learningRate, clipNorm, weightDecay, iteration }: StepSettings,
): StepResult {
  return tidy(() => {
    const { ids, targets, given } = tensorsOf(batch);
    const { gradients, ...losses } = model.learn(ids, targets, state, iteration, given);
    try {
      const gradientNorm = optimizer.apply(gradients, { learningRate, clipNorm, weightDecay });
      return { ...losses, gradientNorm };
    } catch (error) {
      disposeState(losses.state);
      losses.accuracy.dispose();
      throw error;
    }
  });
}

/** The loss of a batch without learning from it; the same tensors, without a norm, go to the caller. */
export function validationStep(model: Model, batch: Batch, state: State): Omit<StepResult, "gradientNorm"> {
  return tidy(() => {
    const { ids, targets, given } = tensorsOf(batch);
    const { logits, state: after } = model.read(ids, given ? model.condition(state, given) : state);
    return { ...model.implementation.loss(logits, targets.flatten()), state: after };
  });
}

/**
 * The state in which a batch starts: zero in the rows where it says so; what labels make of it, the steps see to.
 *
 * @param carried left alone
 * @returns `carried` itself where the batch goes on in all rows, or another state, of which the caller disposes
 */
export function startState(model: Model, batch: Batch, carried: State | undefined): State {
  if (!carried || !batch.resets) return model.zeroState(batch.batch);
  if (!batch.resets.includes(1)) return carried;
  const kept = Float32Array.from(batch.resets, (reset) => 1 - reset);
  return tidy(() =>
    mapState(carried, (tensor) =>
      tensor.mul(tf.tensor(kept, [batch.batch, ...tensor.shape.slice(1).fill(1)])),
    ),
  );
}

/**
 * Lets a step start where a batch starts, and disposes of that state and of the one that was carried there: where the step
 * throws, of the former alone.
 *
 * @returns what `step` returns, with the state after it, of which the caller disposes
 */
export function carryOn<Result extends { readonly state: State }>(
  model: Model,
  batch: Batch,
  carried: State | undefined,
  step: (state: State) => Result,
): Result {
  const state = startState(model, batch, carried);
  try {
    const result = step(state);
    if (carried) disposeState(carried);
    return result;
  } finally {
    if (state !== carried) disposeState(state);
  }
}

/** A batch as a network takes it. Call it inside `tf.tidy`. */
export function tensorsOf({ inputs, targets, time, batch, labels, resets }: Batch): {
  readonly ids: Tensor2D;
  readonly targets: Tensor2D;
  readonly given?: Condition;
} {
  const matrix = (values: Int32Array) => tf.tensor2d(values, [time, batch], "int32");
  return {
    ids: matrix(inputs),
    targets: matrix(targets),
    ...(labels && {
      given: {
        labels: tf.tensor2d(labels, [labels.length / batch, batch], "int32"),
        ...(resets && { starts: tf.tensor2d(Float32Array.from(resets), [batch, 1]) }),
      },
    }),
  };
}
