/**
 * What every neuron of a network says while it reads a text (Karpathy et al. 2015, "Visualizing and Understanding
 * Recurrent Networks").
 */
import { openingState, openUp } from "./inside";
import type { Model } from "../model";
import { disposeState } from "../state";
import { tf, tidy } from "../tensorflow";
import { tokensOf } from "./tokens-in-text";

/** A neuron, both numbers from 0, as in the names of the weights: the first layer is `lstm_0`. */
export interface Unit {
  readonly layer: number;
  readonly neuron: number;
}

export interface Activations {
  /** What was read, in pieces; laid end to end they are the text, but for words that the network does not know. */
  readonly tokens: readonly string[];
  readonly neurons: number;
  /** Of each layer, first to last, its output after each token, between -1 and 1: [tokens, neurons]. */
  readonly layers: readonly Float32Array[];
}

/** Tokens that are read in one go. */
const atOnce = 512;

/**
 * Reads a text from its beginning to its end and notes the output of every layer after each token, which is the hidden
 * state that it hands on. Each costs 4 bytes a neuron: 100,000 characters and 512 neurons, 200 MB.
 *
 * @example activationsOf(activations(model, text), { layer: 1, neuron: 17 }) // Float32Array, a number for each token
 */
export function activations(model: Model, text: string): Activations {
  const { vocabulary } = model;
  const { neurons } = model.params;
  const ids = vocabulary.encode(text);
  const layers = Array.from({ length: model.params.layers }, () => new Float32Array(ids.length * neurons));
  const inside = openUp(model);
  let state = openingState(model, 1);
  for (let from = 0; from < ids.length; from += atOnce) {
    const some = ids.slice(from, from + atOnce);
    const before = state;
    state = tidy(() => {
      const read = inside.run(inside.input(tf.tensor2d(some, [some.length, 1], "int32")), before);
      read.outputs.forEach((output, layer) => layers[layer].set(output.dataSync(), from * neurons));
      return { layers: read.state };
    });
    disposeState(before);
  }
  disposeState(state);
  inside.dispose();
  return { tokens: tokensOf(vocabulary, text, ids), neurons, layers };
}

/**
 * What one neuron says after each token.
 *
 * @throws where there is no such neuron
 */
export function activationsOf(
  { tokens, neurons, layers }: Activations,
  { layer, neuron }: Unit,
): Float32Array {
  if (!layers[layer] || !(Number.isInteger(neuron) && neuron >= 0 && neuron < neurons)) {
    const known = `a layer from 0 to ${layers.length - 1} and a neuron from 0 to ${neurons - 1}`;
    throw new Error(`Expected ${known}, got layer ${layer} and neuron ${neuron}`);
  }
  return Float32Array.from(tokens, (_, time) => layers[layer][time * neurons + neuron]);
}
