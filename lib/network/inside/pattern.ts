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
  const isOn = (unit: SignedUnit, time: number) => activationAt(read, unit, time) * unit.sign >= threshold;
  const units = read.layers.flatMap((_, layer) =>
    Array.from({ length: read.neurons }, (_, neuron): SignedUnit => {
      return { layer, neuron, sign: activationAt(read, { layer, neuron }, start) >= 0 ? 1 : -1 };
    }),
  );
  const through = units.filter((unit) => {
    for (let time = start; time < end; time++) if (!isOn(unit, time)) return false;
    return !bounded || ![start - 1, end].some((time) => time >= 0 && time < length && isOn(unit, time));
  });
  return { units: through, length: end - start, threshold };
}

export function activationAt(
  { layers, neurons }: Activations,
  { layer, neuron }: Unit,
  time: number,
): number {
  return layers[layer][time * neurons + neuron];
}
