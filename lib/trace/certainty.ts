/**
 * Does certainty betray copying? How well one could tell what is copied from how surprised the network was alone,
 * without the texts; and whether it foretells, of phrases that stand in the texts so far, which ones become copies.
 */
import { checkWhole } from "../base/option-error";
import { copiedUnits, type Surprised } from "./surprised";
import { Mean } from "../base/mean";
import type { Trace } from "./trace";

/** How well a number tells two groups apart. */
export interface Told {
  /**
   * The area under the ROC curve: the chance that the network was less surprised at one of the first group than at one of the
   * other; 0.5 is guessing, 1 is never wrong. NaN where a group is empty.
   */
  readonly auc: number;
  /** How many were copied, and how many were not. */
  readonly copied: number;
  readonly others: number;
}

/**
 * Tells characters that lie in a copied passage from all others by the mean surprise at the last `window` characters of
 * the sample, the character itself among them.
 *
 * @param traces of samples by one network
 * @param window characters (default: 10)
 * @example tellCopied([await surprised(trace(sample, texts), { by: model })]).auc // 0.83
 */
export function tellCopied(
  traces: readonly (Trace & Surprised)[],
  { window = 10 }: { readonly window?: number } = {},
): Told {
  checkWhole({ window }, 1);
  const groups: [number[], number[]] = [[], []];
  for (const { passages, surprise } of traces) {
    copiedUnits(passages, surprise.length).forEach((isCopied, at) => {
      if (at + 1 >= window) groups[isCopied ? 0 : 1].push(meanOf(surprise, at + 1 - window, at + 1));
    });
  }
  return told(...groups);
}

/**
 * Among phrases of a sample that stand in the texts for `after` characters or more, tells those that go on to `copied`
 * from those that end before, by the mean surprise at their first `after` characters. By the texts alone nobody can at
 * that moment: above 0.5, certainty betrays copying before the trace does.
 *
 * @param traces of samples by one network, with a `minLength` of at most `after`
 * @example foretellCopies(traces, { after: 10, copied: 20 }) // { auc: 0.71, copied: 84, others: 312 }
 */
export function foretellCopies(
  traces: readonly (Trace & Surprised)[],
  { after, copied = 20 }: { readonly after: number; readonly copied?: number },
): Told {
  checkWhole({ after, copied }, 1);
  const groups: [number[], number[]] = [[], []];
  for (const { passages, surprise } of traces) {
    for (const { start, end, length } of passages) {
      if (end - start >= after) groups[length >= copied ? 0 : 1].push(meanOf(surprise, start, start + after));
    }
  }
  return told(...groups);
}

/** The mean surprise so many characters after the beginning of copied passages; before it where `place` is below 0. */
export interface SurpriseAround {
  readonly place: number;
  /** In nats a character. */
  readonly surprise: number;
  /** How many passages have a character there. */
  readonly passages: number;
}

/**
 * How surprised the network was on its way into copied passages: at the `before` characters before they begin, and the
 * first `after` of them.
 */
export function surpriseAround(
  traces: readonly (Trace & Surprised)[],
  { before = 10, after = 30 }: { readonly before?: number; readonly after?: number } = {},
): SurpriseAround[] {
  checkWhole({ before, after });
  return Array.from({ length: before + after }, (_, index) => {
    const place = index - before;
    const mean = new Mean();
    for (const { passages, surprise } of traces)
      for (const { start, end } of passages)
        if (start + place >= 0 && start + place < end) mean.add(surprise[start + place]);
    return { place, surprise: mean.value, passages: mean.count };
  });
}

function meanOf(surprise: Float32Array, start: number, end: number): number {
  const mean = new Mean();
  for (let at = start; at < end; at++) mean.add(surprise[at]);
  return mean.value;
}

/** The share of pairs in which the first is the smaller, ties as half (Mann and Whitney 1947). */
function told(copied: readonly number[], others: readonly number[]): Told {
  const [some, rest] = [copied, others].map((group) => group.filter((value) => !Number.isNaN(value)));
  const sorted = Float64Array.from(rest).sort();
  const pairs = some.reduce((sum, value) => {
    const [below, upTo] = [rankIn(sorted, value, false), rankIn(sorted, value, true)];
    return sum + (sorted.length - upTo) + (upTo - below) / 2;
  }, 0);
  return { auc: pairs / (some.length * rest.length), copied: some.length, others: rest.length };
}

/** How many numbers are below a value, or not above it. */
function rankIn(sorted: Float64Array, value: number, withEqual: boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value || (withEqual && sorted[middle] === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}
