/** Neurons that stay on through a phrase, and other passages in which they do (LSTMVis, Strobelt et al. 2018). */
import type { Activations, Unit } from "./activations";

export interface PatternOptions {
  /** From which activation on a neuron is on, and below minus which it is on with the opposite sign (default: 0.3). */
  readonly threshold?: number;
  /** Whether only neurons count that are off right before the phrase and right after it (default: false). */
  readonly bounded?: boolean;
}

export interface SignedUnit extends Unit {
  /** 1 where it is on by positive activations, -1 by negative ones. */
  readonly sign: 1 | -1;
}

export interface Pattern {
  readonly units: readonly SignedUnit[];
  /** Tokens of the phrase. */
  readonly length: number;
  readonly threshold: number;
}

export interface Passage {
  /** Tokens: the first, and the one after the last. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** The share of the pattern's neurons that are on, on average over the passage. */
  readonly on: number;
}

/**
 * The neurons that are on at every token of a phrase.
 *
 * @param phrase its first token and the one after the last, numbers in `read.tokens`
 * @throws where that is no phrase of the text
 * @example patternOf(read, [120, 131]).units // [{ layer: 1, neuron: 17, sign: -1 }, …]
 */
export function patternOf(
  read: Activations,
  phrase: readonly [number, number],
  { threshold = 0.3, bounded = false }: PatternOptions = {},
): Pattern {
  const [start, end] = phrase;
  const { length } = read.tokens;
  if (!(Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start < end && end <= length)) {
    throw new Error(`Expected a phrase within 0 and ${length}, got [${start}, ${end}]`);
  }
  const isOn = (unit: SignedUnit, time: number) => at(read, unit, time) * unit.sign >= threshold;
  const units = read.layers.flatMap((_, layer) =>
    Array.from({ length: read.neurons }, (_, neuron): SignedUnit => {
      return { layer, neuron, sign: at(read, { layer, neuron }, start) >= 0 ? 1 : -1 };
    }),
  );
  const through = units.filter((unit) => {
    for (let time = start; time < end; time++) if (!isOn(unit, time)) return false;
    return !bounded || ![start - 1, end].some((time) => time >= 0 && time < length && isOn(unit, time));
  });
  return { units: through, length: end - start, threshold };
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
    (count, unit) => count + (at(read, unit, time) * unit.sign >= threshold ? 1 : 0),
    0,
  );
  return on / units.length;
}

function at({ layers, neurons }: Activations, { layer, neuron }: Unit, time: number): number {
  return layers[layer][time * neurons + neuron];
}
