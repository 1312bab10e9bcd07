/** What is known of a run: the moments at which it was looked at, and what came of a bet on it. */
import type { Look } from "./messages";
import { copiedFrom, type Settings } from "./settings";

export interface Run {
  readonly number: number;
  readonly settings: Settings;
  readonly looks: Look[];
}

/** A bet: so many readings, or never within a run. */
export type Bet = number | "never";

/**
 * The first look at which it copies the visitor's paragraph, word for word; undefined where there is none.
 *
 * @example begunAt(run)?.readings // 31.5
 */
export function begunAt({ looks }: Pick<Run, "looks">): Look | undefined {
  return looks.find(({ samples }) => longestOwn(samples) >= copiedFrom);
}

/** The longest passage of the paragraph in some samples. */
export function longestOwn(samples: Look["samples"]): number {
  return Math.max(0, ...samples.map((sample) => sample.longestOwn));
}

/** Of each look of a run the longest passage of the paragraph up to it. */
export function longestSoFar({ looks }: Pick<Run, "looks">): number[] {
  let longest = 0;
  return looks.map(({ samples }) => (longest = Math.max(longest, longestOwn(samples))));
}

/** How sure it was of the paragraph's letters, from 0 to 1, on average. */
export function sureOfOwn({ known }: Look): number {
  return known.reduce((sum, probability) => sum + probability, 0) / known.length;
}

/** The mean of the shares that some samples copy, from all texts together. */
export function copiedOf(samples: Look["samples"]): number {
  return samples.reduce((sum, { copied }) => sum + copied, 0) / samples.length;
}

/**
 * What came of a bet, in a sentence.
 *
 * @example verdict(40, begun) // "You said after 40 readings. It began after 32: sooner than you thought."
 */
export function verdict(bet: Bet, begun: Look | undefined): string {
  const said = bet === "never" ? "You said it never would." : `You said after ${times(bet)}.`;
  if (!begun)
    return `${said} It has not copied you${bet === "never" ? ": you were right" : ", as long as it read"}.`;
  const began = Math.max(1, Math.round(begun.readings));
  if (bet === "never") return `${said} It began after ${times(began)}.`;
  const apart = Math.abs(began - bet) <= Math.max(2, 0.1 * began);
  const how = apart ? "a good guess" : began < bet ? "sooner than you thought" : "later than you thought";
  return `${said} It began after ${began}: ${how}.`;
}

/** @example times(1) // "1 reading" */
export function times(count: number): string {
  return `${count} ${count === 1 ? "reading" : "readings"}`;
}
