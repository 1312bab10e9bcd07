/** How a network reads: from left to right, or windows both ways. Each way is a file beside this one. */
import type { StepOptions } from "../lstm/stack";
import type { State } from "../state";
import type { Tensor1D, Tensor2D } from "../tensorflow";

/** Scores (logits), and the state after the last token, which is kept: the caller disposes of it. */
export interface Scored {
  readonly logits: Tensor2D;
  readonly state: State;
}

/** Call its methods inside `tf.tidy`. States are left alone. */
export interface ReadingPath {
  /**
   * Scores what follows each token: logits of [time × batch, vocabulary].
   *
   * @param ids int32: [time, batch]
   */
  read(ids: Tensor2D, state: State, options?: StepOptions): Scored;
  /**
   * What a training step compares: the scores where a token is predicted, and the tokens that came there.
   *
   * @param ids int32: [time, batch]
   * @param targets what came after each of them, int32: [time, batch]
   * @param iteration of the step, for what is drawn at random
   */
  predictions(
    ids: Tensor2D,
    targets: Tensor2D,
    state: State,
    step: { readonly iteration: number; readonly options: StepOptions },
  ): Scored & { readonly targets: Tensor1D };
}
