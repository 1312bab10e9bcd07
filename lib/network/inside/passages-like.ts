/** Passages of a text in which the neurons of a pattern are on, which a phrase has shown (`pattern.ts`). */
import type { Activations } from "./activations";
import { activationAt, type Pattern } from "./pattern";

export interface Passage {
  /** Tokens: the first, and the one after the last. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** The share of the pattern's neurons that are on, on average over the passage. */
  readonly on: number;
}

/**
 * Passages in which most neurons of a pattern are on at each token, those first that have the most of them on and are
 * about as long as the phrase was.
 *
 * @param share of the neurons that must be on at each token of a passage; 0.8
 * @returns none where the pattern has no neuron: lower its `threshold`, or take a shorter phrase
 */
export function passagesLike(
  read: Activations,
  { units, length, threshold }: Pattern,
  { share = 0.8, limit = 10 }: { readonly share?: number; readonly limit?: number } = {},
): Passage[] {
  if (units.length === 0) return [];
  const passages: (Passage & { readonly score: number })[] = [];
  let sum = 0;
  let start = 0;
  for (let time = 0; time <= read.tokens.length; time++) {
    const on = time < read.tokens.length ? shareOn(read, { units, threshold }, time) : 0;
    if (on >= share) {
      sum += on;
      continue;
    }
    if (time > start) {
      const [long, mean] = [time - start, sum / (time - start)];
      const alike = Math.min(long, length) / Math.max(long, length);
      const text = read.tokens.slice(start, time).join("");
      passages.push({ start, end: time, text, on: mean, score: mean * alike });
    }
    sum = 0;
    start = time + 1;
  }
  const best = passages.sort((one, other) => other.score - one.score).slice(0, limit);
  return best.map(({ start, end, text, on }) => ({ start, end, text, on }));
}

function shareOn(
  read: Activations,
  { units, threshold }: Pick<Pattern, "units" | "threshold">,
  time: number,
): number {
  const on = units.reduce(
    (count, unit) => count + (activationAt(read, unit, time) * unit.sign >= threshold ? 1 : 0),
    0,
  );
  return on / units.length;
}
