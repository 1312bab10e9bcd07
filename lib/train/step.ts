/** One training step: read a batch, see how wrong the predictions were, change the weights. */
import type { Optimizer } from "../network/optimizers";
import type { Model } from "../network/model";
import { disposeState, mapState, type State } from "../network/state";
import { tf, tidy, type Scalar, type Tensor2D } from "../network/tensorflow";
import type { Batch } from "../text/batch";

export interface StepResult {
  /** Mean over the batch, in nats a character, before the weights changed. */
  readonly crossEntropy: Scalar;
  /** Share of characters that were foreseen. */
  readonly accuracy: Scalar;
  /** Global norm of the gradients before clipping. */
  readonly gradientNorm: Scalar;
  /** The hidden state after the batch. */
  readonly state: State;
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
  learningRate: number,
  iteration: number,
): StepResult {
  return tidy(() => {
    const { ids, targets } = tensors(batch);
    const { gradients, ...losses } = model.learn(ids, targets, state, iteration);
    const gradientNorm = optimizer.apply(gradients, learningRate, model.params.clipNorm);
    return { ...losses, gradientNorm };
  });
}

/** The loss of a batch without learning from it; the same tensors, without a norm, go to the caller. */
export function validationStep(model: Model, batch: Batch, state: State): Omit<StepResult, "gradientNorm"> {
  return tidy(() => {
    const { ids, targets } = tensors(batch);
    const { logits, state: after } = model.read(ids, state);
    return { ...model.implementation.loss(logits, targets.flatten()), state: after };
  });
}

/** The state in which a batch starts: zero in the rows where it says so. Disposes of the state that it is given. */
export function startState(model: Model, batch: Batch, carried: State | undefined): State {
  if (!carried || !batch.resets) {
    if (carried) disposeState(carried);
    return model.zeroState(batch.batch);
  }
  if (!batch.resets.includes(1)) return carried;
  const kept = Float32Array.from(batch.resets, (reset) => 1 - reset);
  const state = tidy(() =>
    mapState(carried, (tensor) =>
      tensor.mul(tf.tensor(kept, [batch.batch, ...tensor.shape.slice(1).fill(1)])),
    ),
  );
  disposeState(carried);
  return state;
}

/** [time, batch] both. */
function tensors({ inputs, targets, time, batch }: Batch): { ids: Tensor2D; targets: Tensor2D } {
  const matrix = (values: Int32Array) => tf.tensor2d(values, [time, batch], "int32");
  return { ids: matrix(inputs), targets: matrix(targets) };
}
