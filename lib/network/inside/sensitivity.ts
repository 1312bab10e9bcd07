/** What each layer of a network hears of a character that was read: what deep stacks are looked at with, and helped. */
import { OptionError } from "../../base/option-error";
import type { Model } from "../model";
import { disposeState } from "../state";
import { tf, type Tensor } from "../tensorflow";

/**
 * How much the hidden state of each layer depends on one character of a text. The network reads the text once for each
 * character that it knows, in the place of that one. Returns the standard deviation of the resulting hidden states, in quadrature
 * over the neurons: where it is near 0, the layer and what is above it cannot tell one character from another.
 *
 * @param text at least one character
 * @param back how many characters before the last one; 0, the last itself
 * @returns one number a layer, the first layer first; from 0 to 1
 * @throws where the text is too short for that, and where the network is bidirectional
 * @example sensitivity(model, "It is a truth universally acknowledged") // [0.24, 0.063, 0.016, 0.0044]
 */
export function sensitivity(model: Model, text: string, back = 0): number[] {
  if (model.params.bidirectional)
    throw new Error(
      "Expected a network that remembers, got a bidirectional one, which reads each window anew",
    );
  const characters = model.vocabulary.encode(text);
  const time = characters.length;
  if (!(Number.isInteger(back) && back >= 0 && back < time)) {
    throw new OptionError("back", `to be a whole number from 0 to ${time - 1}, in a text of ${time}`, back);
  }
  const batch = model.vocabulary.size;
  const ids = Int32Array.from({ length: time * batch }, (_, at) => characters[Math.floor(at / batch)]);
  for (let id = 0; id < batch; id++) ids[(time - 1 - back) * batch + id] = id;
  return tf.tidy(() => {
    const { state } = model.read(tf.tensor2d(ids, [time, batch], "int32"), model.firstState(batch));
    const apart = state.layers.map(
      ({ hidden }) => tf.moments(hidden, 0).variance.mean().sqrt().dataSync()[0],
    );
    disposeState(state);
    return apart;
  });
}

/**
 * Multiplies the weights by which every layer hears the one below it, in place; those by which it reads characters stay.
 * Of the last character, fresh weights let less than a third through to the next layer: a stack of eight without skip
 * connections hardly hears it (docs/log.md).
 */
export function amplify(model: Model, factor: number): void {
  const { neurons } = model.params;
  tf.tidy(() => {
    const louder = (kernel: Tensor) => {
      const below = kernel.slice([0, 0], [neurons, -1]).mul(factor);
      return tf.concat([below, kernel.slice([neurons, 0], [-1, -1])]);
    };
    const weights = Array.from(model.weights, ([name, weight]): [string, Tensor] => {
      return [name, /^lstm_[1-9]\d*\/kernel$/.test(name) ? louder(weight) : weight];
    });
    model.weights.load(Object.fromEntries(weights));
  });
}
