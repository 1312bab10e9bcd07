/** How a network that knows fixed windows of tokens reads on and on: the window that ends with each token. */
import { random } from "../../base/random";
import type { State } from "../state";
import { type Tensor2D, tf } from "../tensorflow";

/** The last tokens before the first window: none, for which unknown ones stand, [batch, steps - 1]. */
export function emptyWindow(batch: number, steps: number): Tensor2D {
  return tf.zeros([batch, steps - 1]);
}

/**
 * Reads the window that ends with each token.
 *
 * @param ids int32: [time, batch]
 * @param state its layers are where every window begins, and stay
 * @param readWindow gives the scores after a window, [batch, vocabulary], of its tokens, [steps, batch]
 * @returns the scores after each token, [time × batch, vocabulary], and the state after the last one, which is kept
 */
export function readWindows(
  ids: Tensor2D,
  state: State,
  readWindow: (window: Tensor2D) => Tensor2D,
): { logits: Tensor2D; state: State } {
  const [time, batch] = ids.shape;
  const before = state.window!;
  const steps = before.shape[1] + 1;
  const all = tf.concat([before.transpose().cast("int32"), ids]) as Tensor2D; // [steps - 1 + time, batch]
  const scores = Array.from({ length: time }, (_, at) => readWindow(all.slice([at, 0], [steps, batch])));
  return { logits: tf.concat(scores), state: stateAfter(all, state) };
}

/** The state after some tokens, at least those of a window; kept, whoever calls disposes of it. */
export function stateAfter(ids: Tensor2D, { layers, window, conditioning }: State): State {
  const [time, batch] = ids.shape;
  const length = window!.shape[1];
  const last = ids
    .slice([time - length, 0], [length, batch])
    .transpose()
    .cast("float32");
  const kept = (tensor: Tensor2D) => tf.keep(tensor.clone());
  return {
    layers: layers.map(({ hidden, cell }) => ({ hidden: kept(hidden), cell: kept(cell) })),
    window: tf.keep(last as Tensor2D),
    ...(conditioning && { conditioning: kept(conditioning) }),
  };
}

/**
 * Makes the first tokens of a quarter of the rows unknown, so that a network learns to write after texts that are shorter
 * than its window.
 *
 * @param ids int32: [time, batch]
 */
export function sometimesShort(ids: Tensor2D, ...place: [seed: number, iteration: number]): Tensor2D {
  const [time, batch] = ids.shape;
  const draw = random(...place, 2);
  const unknown = Array.from({ length: batch }, () => (draw() < 0.25 ? Math.floor(draw() * time) : 0));
  const known = Int32Array.from({ length: time * batch }, (_, at) =>
    Math.floor(at / batch) < unknown[at % batch] ? 0 : 1,
  );
  return ids.mul(tf.tensor2d(known, [time, batch], "int32"));
}
