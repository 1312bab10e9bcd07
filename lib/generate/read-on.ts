/** Steps of a network that reads one text: what comes next, and which tokens it writes. */
import type { Model } from "../network/model";
import { disposeState, type State } from "../network/state";
import { tf } from "../network/tensorflow";
import { choose, type Choice } from "./choose";

/**
 * Reads ids and writes a token for each draw. The state that goes out has not read the last of them yet.
 *
 * @param state left alone; the one that is returned is the caller's
 * @throws where the scores are not numbers: see `requireScores`
 */
export function writeOn(
  model: Model,
  ids: readonly number[],
  state: State,
  draws: readonly number[],
  choice: Choice,
): { ids: ArrayLike<number>; state: State } {
  const atOnce = model.write(ids, state, { draws, ...choice });
  if (atOnce) return atOnce;
  const written: number[] = [];
  let current = state;
  try {
    for (const drawn of draws) {
      const { scores, state: after } = scoresAfter(model, written.length ? written.slice(-1) : ids, current);
      if (current !== state) disposeState(current);
      current = after;
      written.push(choose(scores, choice, drawn));
    }
  } catch (error) {
    if (current !== state) disposeState(current);
    throw error;
  }
  return { ids: written, state: current };
}

/** The scores of what follows the last of some ids. */
export function scoresAfter(
  model: Model,
  ids: readonly number[],
  before: State,
): { scores: Float32Array; state: State } {
  let state = before;
  const scores = tf.tidy(() => {
    const read = model.read(tf.tensor2d([...ids], [ids.length, 1], "int32"), before);
    state = read.state;
    return tf.keep(read.logits.slice([ids.length - 1, 0], [1, -1]));
  });
  const values = scores.dataSync<"float32">();
  scores.dispose();
  return { scores: values, state };
}
