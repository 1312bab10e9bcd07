/**
 * A network that reads a fixed window of tokens both ways, and predicts what comes at its end. Two stacks that know nothing of
 * each other read it, one forwards and one backwards (Peters et al. 2018, ELMo, section 3.1); in textgenrnn, as in Keras'
 * `Bidirectional`, each layer reads both ways what both of the layer below have read.
 */
import { random } from "../../base/random";
import type { MakeStack, Stack } from "../lstm/stack";
import type { State } from "../state";
import { tf, type Tensor, type Tensor2D, type Tensor3D } from "../tensorflow";

/** Stacks of twice as many layers: those that read forwards, first to last, then those that read backwards. */
export function bothWays(make: MakeStack): MakeStack {
  return (fresh, options) => {
    const count = fresh.length / 2;
    const [forward, backward] = [make(fresh.slice(0, count), options), make(fresh.slice(count), options)];
    const halves = (
      all: readonly Tensor[],
      each: (stack: Stack, half: readonly Tensor[]) => readonly Tensor[],
    ) => [...each(forward, all.slice(0, all.length / 2)), ...each(backward, all.slice(all.length / 2))];
    return {
      variables: [...forward.variables, ...backward.variables],
      get layers() {
        return [...forward.layers, ...backward.layers];
      },
      run: ({ ids, embedded }, state, { dropout, precision } = {}) => {
        const reversed = { ids: ids?.reverse(0), embedded: embedded?.reverse(0) };
        const masks = dropout && { ...dropout, seed: dropout.seed + 1 };
        const there = forward.run({ ids, embedded }, state.slice(0, count), { dropout, precision });
        const back = backward.run(reversed, state.slice(count), { dropout: masks, precision });
        const outputs = there.outputs.map((output, index): Tensor3D => {
          return tf.concat([output, back.outputs[index].reverse(0)], 2);
        });
        return { outputs, state: [...there.state, ...back.state] };
      },
      toKeras: (held) => halves(held, (stack, half) => stack.toKeras(half)),
      fromKeras: (row) => halves(row, (stack, half) => stack.fromKeras(half)),
      dispose: () => [forward, backward].forEach((stack) => stack.dispose()),
    };
  };
}

/**
 * What both readers have when they are through: the forward one at the last token, the backward one at the first.
 *
 * @param output of a layer: [time, batch, 2 × neurons]
 * @returns [1, batch, 2 × neurons]
 */
export function atTheEnds(output: Tensor3D): Tensor3D {
  const [time, batch, width] = output.shape;
  const neurons = width / 2;
  const forward = output.slice([time - 1, 0, 0], [1, batch, neurons]);
  return tf.concat([forward, output.slice([0, 0, neurons], [1, batch, neurons])], 2);
}

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
