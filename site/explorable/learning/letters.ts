/** How sure a network is of each character of a text, and what it held likelier. */
import type { Model } from "../../../lib/network/model";
import { disposeState } from "../../../lib/network/state";
import { tf, tidy } from "../../../lib/network/tensorflow";
import type { Letter } from "../messages";

/** How many of the likeliest characters are told. */
const told = 4;

/**
 * Reads a text once, from a state of zero.
 *
 * @param prompt what it has read before, of which nothing is told; a line break where it is ""
 * @returns the characters of the text, by Unicode code points
 */
export function lettersOf(model: Model, prompt: string, text: string): Letter[] {
  const { vocabulary } = model;
  const before = vocabulary.encode(prompt || "\n");
  const ids = [...before, ...vocabulary.encode(text)].slice(0, -1);
  const zero = model.zeroState(1);
  const scores = tidy(() => {
    const { logits, state } = model.read(tf.tensor2d(ids, [ids.length, 1], "int32"), zero);
    disposeState(state);
    return logits;
  });
  disposeState(zero);
  const values = scores.dataSync<"float32">();
  scores.dispose();
  return [...text].map((character, index) => {
    const at = (before.length - 1 + index) * vocabulary.size;
    const probabilities = softmax(values.subarray(at, at + vocabulary.size));
    const of = (id: number) => ({ text: vocabulary.tokens[id], probability: probabilities[id] });
    const ranked = Array.from(probabilities.keys()).sort((a, b) => probabilities[b] - probabilities[a]);
    const [id] = vocabulary.encode(character);
    return { ...of(id), text: character, likeliest: ranked.slice(0, told).map(of) };
  });
}

/** Of all but the unknown character, whose number is 0. */
function softmax(scores: Float32Array): Float32Array {
  const most = scores.subarray(1).reduce((a, b) => Math.max(a, b));
  const powers = scores.map((score, id) => (id === 0 ? 0 : Math.exp(score - most)));
  const sum = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / sum);
}
