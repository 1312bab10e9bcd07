/** What a small network computes: an engine that computes something else than the reference must not be used. */
import { write } from "../../lib/generate/generate";
import type { Implementation } from "../../lib/network/implementation";
import { Adam } from "../../lib/network/learning/adam";
import { Model } from "../../lib/network/model";
import { disposeState } from "../../lib/network/state";
import { tf } from "../../lib/network/tensorflow";
import { random } from "../../lib/base/random";
import { Vocabulary } from "../../lib/text/tokens/vocabulary";
import { trainingStep } from "../../lib/train/steps/step";

export interface Trial {
  /** Of three steps, in nats a character. */
  readonly losses: readonly number[];
  /** Of the gradients, before they are clipped. */
  readonly norms: readonly number[];
  /** What it writes then. */
  readonly written: string;
}

/** What the reference computes in plain JavaScript, so that no visitor waits for it; a test holds it against the reference. */
export const expected: Trial = {
  losses: [2.523831, 2.479639, 2.463464],
  norms: [0.282355, 0.23937, 0.243968],
  written: " cj dfhafcihjhj ghghhhhhhhcagabfchbegj g",
};

/** Sizes that fill no vector and no tile, so that edges are computed as well. */
const [neurons, time, batch] = [9, 5, 7];
const letters = [..." abcdefghij"];

/** Three steps of learning, clipped, with Adam, and a line that is written; the same for all that compute as they should. */
export async function tryOut(implementation: Implementation): Promise<Trial> {
  const model = await Model.create({ neurons, layers: 2 }, Vocabulary.of(letters), { implementation });
  const optimizer = new Adam(model.weights.learned, implementation.adam);
  try {
    const draw = random(5);
    const ids = () =>
      Int32Array.from({ length: time * batch }, () => 1 + Math.floor(letters.length * draw()));
    const [losses, norms]: number[][] = [[], []];
    for (let iteration = 0; iteration < 3; iteration++) {
      const before = model.zeroState(batch);
      const characters = { inputs: ids(), targets: ids(), time, batch };
      const settings = { learningRate: 0.02, clipNorm: 0.1, weightDecay: 0, iteration };
      const { crossEntropy, accuracy, gradientNorm, state } = trainingStep(
        ...([model, optimizer, characters, before, settings] as const),
      );
      losses.push(crossEntropy.dataSync()[0]);
      norms.push(gradientNorm.dataSync()[0]);
      tf.dispose([crossEntropy, accuracy, gradientNorm]);
      [before, state].forEach(disposeState);
    }
    return { losses, norms, written: await write(model, { length: 40, temperature: 0.5 }) };
  } finally {
    optimizer.dispose();
    model.dispose();
  }
}

/** In single precision sums differ by their order, from about the seventh digit on. */
const tolerance = 1e-4;

/**
 * Where what was computed differs from the reference, as part of a sentence; "" where it does not.
 *
 * @example difference({ ...expected, losses: [3.1, 3, 2.9] }) // "a loss of 3.1 where 2.523831 is right"
 */
export function difference(trial: Trial): string {
  for (const [what, of] of [
    ["a loss of", "losses"],
    ["gradients of the norm", "norms"],
  ] as const) {
    // Not the other way around: a number that is none is within no tolerance.
    const at = expected[of].findIndex((right, index) => !(Math.abs(trial[of][index] - right) < tolerance));
    if (at >= 0) return `${what} ${trial[of][at]} where ${expected[of][at]} is right`;
  }
  const { written } = trial;
  return written === expected.written ? "" : `“${written}” is written where “${expected.written}” is right`;
}
