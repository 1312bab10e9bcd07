/** What is known of a run: the moments at which it was looked at, and what came of a bet on it. */
import type { Look } from "./messages";
import type { Text } from "../../lib/text/text";
import { copiedFrom, mostReadings, type Settings } from "./settings";
import { percent } from "./view/numbers";
import type { Source } from "./view/books";

export interface Run {
  readonly number: number;
  readonly settings: Settings;
  /** What is bet on it; absent where nothing is. */
  readonly bet?: Bet;
  /** What it reads, and how that is shown: the visitor may choose something else meanwhile. */
  readonly texts: readonly Text[];
  readonly sources: readonly Source[];
  readonly looks: Look[];
  state: "reading" | "stopped" | "finished";
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

/** The number of the sample that has it, the first one's where they are alike. */
export function withLongestOwn(samples: Look["samples"]): number {
  return samples.findIndex((sample) => sample.longestOwn === longestOwn(samples));
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

/**
 * The look at which it copied the longest passage of the paragraph, the last of these; the last one of all where it
 * copied none.
 */
export function mostOwn({ looks }: Pick<Run, "looks">): Look {
  return looks.reduce((most, one) => (longestOwn(one.samples) >= longestOwn(most.samples) ? one : most));
}

/** The mean of the shares that some samples copy, from all texts together. */
export function copiedOf(samples: Look["samples"]): number {
  return samples.reduce((sum, { copied }) => sum + copied, 0) / samples.length;
}

/**
 * What came of a bet, in a sentence.
 *
 * @example verdict(40, run) // "You said after 40 readings. It began after 32: sooner than you thought."
 */
export function verdict(bet: Bet, run: Pick<Run, "looks" | "state">): string {
  const begun = begunAt(run);
  const isNever = bet === "never";
  const said = isNever
    ? `You said it would not within ${times(mostReadings)}.`
    : `You said after ${times(bet)}.`;
  if (!begun) {
    if (isNever && run.state === "finished") return `${said} It has not copied you: you were right.`;
    return `${said} It has not copied you, as long as it read: ${times(Math.round(run.looks.at(-1)!.readings))}.`;
  }
  const began = Math.max(1, Math.round(begun.readings));
  if (isNever) return `${said} It began after ${times(began)}.`;
  const apart = Math.abs(began - bet) <= Math.max(2, 0.1 * began);
  const how = apart ? "a good guess" : began < bet ? "sooner than you thought" : "later than you thought";
  return `${said} It began after ${began}: ${how}.`;
}

/**
 * When it began to copy, or that it has not.
 *
 * @example outcome(run) // "after 38 readings"
 */
export function outcome(run: Pick<Run, "looks" | "state">): string {
  const begun = begunAt(run);
  if (begun) return `after ${times(Math.max(1, Math.round(begun.readings)))}`;
  const so = { reading: ", so far", stopped: ", then stopped", finished: "" }[run.state];
  return `not within ${times(Math.round(run.looks.at(-1)!.readings))}${so}`;
}

/** @example nameOf(run) // "Run 2" */
export function nameOf({ number }: Pick<Run, "number">): string {
  return `Run ${number + 1}`;
}

/** @example networkInWords(run) // "dropout 70 %, 128 cells" */
export function networkInWords({ settings }: Pick<Run, "settings">): string {
  return `dropout ${percent(settings.dropout)}, ${settings.neurons}\u00a0cells`;
}

/** Seconds that a whole run takes, by the pace at which this one has read; undefined where it has not read yet. */
export function secondsOfWhole({ looks }: Pick<Run, "looks">): number | undefined {
  const { readings, seconds } = looks.at(-1) ?? { readings: 0, seconds: 0 };
  return readings > 0 ? (mostReadings * seconds) / readings : undefined;
}

/** @example titleOf(run) // "Run 2: dropout 70 %, 128 cells, temperature 0.5" */
export function titleOf(run: Pick<Run, "number" | "settings">): string {
  return `${nameOf(run)}: ${networkInWords(run)}, temperature\u00a0${run.settings.temperature.toFixed(1)}`;
}

/** @example times(1) // "1 reading" */
export function times(count: number): string {
  return `${count} ${count === 1 ? "reading" : "readings"}`;
}
