/**
 * A network that reads a fixed window of tokens both ways, and predicts what comes at its end. Two stacks that know nothing of
 * each other read it, one forwards and one backwards (Peters et al. 2018, ELMo, section 3.1); in textgenrnn, as in Keras'
 * `Bidirectional`, each layer reads both ways what both of the layer below have read.
 */
import type { MakeStack, Stack } from "../lstm/stack";
import { type Tensor, type Tensor3D, tf } from "../tensorflow";

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
