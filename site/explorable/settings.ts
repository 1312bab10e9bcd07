/** How the network of the explorable learns: what a visitor turns, and what stays the same so that runs can be compared. */
import type { Params } from "../../lib/train/params";

/** What a visitor turns. */
export interface Settings {
  /** Units of its one layer. */
  readonly neurons: number;
  readonly dropout: number;
  /** By which it writes. */
  readonly temperature: number;
}

/** How many units there may be. */
export const sizes: readonly number[] = [32, 64, 128, 192];

export const firstSettings: Settings = { neurons: 128, dropout: 0, temperature: 0.5 };

/** A run ends when each text was read so often, on average. */
export const mostReadings = 100;

/** Characters in a row, word for word, from which on a passage counts as copied. */
export const copiedFrom = 30;

/** Characters that it writes by itself, and at most from the paragraph's first words. */
export const sampleLength = 240;

/** Steps from one look at what it writes to the next. */
export const lookEvery = 20;

/** Small windows, few side by side, so that many small steps are made in little time. */
const fixed = {
  layers: 1,
  steps: 40,
  batchSize: 16,
  learningRate: 0.01,
  schedule: "cosine",
  finalLearningRate: 0.02,
  warmup: 20,
  clipNorm: 1,
  seed: 1,
} as const satisfies Partial<Params>;

/** The fewest characters that a paragraph needs, so that a window fits in. */
export const shortestParagraph = 80;

/** What is longer is cut, so that a run stays short. */
export const longestParagraph = 1200;

/**
 * As many steps as come nearest to `mostReadings`.
 *
 * @param characters of all texts together
 */
export function paramsOf({ neurons, dropout }: Settings, characters: number): Partial<Params> {
  const iterations = Math.round((mostReadings * characters) / (fixed.steps * fixed.batchSize));
  return { ...fixed, neurons, dropout, iterations };
}
