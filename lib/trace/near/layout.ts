/**
 * How near copies are sought: by runs of matches, and how many matches every near copy must have close to one. Why none
 * is missed:
 *
 * A near copy has at least `minLength` columns and at most `share` of them are edits. Cut into pieces of at least W and at most
 * 2 W - 1 columns (W <= `minLength`), one piece has at most `share` edits too, or all together would have more. If it has as many
 * columns as allow e edits, it has at least M(e) = n(e) - e matches, n(e) being the fewest such columns, in at most e + 1 runs.
 *
 * Cut these into windows of four runs that follow each other, and one of the rest. If no window had T matches and no run had L,
 * the piece would have at most T - 1 for each window, and for the rest at most L - 1 a run. T and L are chosen so that this is
 * less than M(e) for each e: so there is a run of L matches, or a window of T. One half of that, a pair of runs with one edit
 * between them, has P = T / 2 or more, and one run of the pair P / 2 or more. These numbers go up to the next whole one.
 *
 * So one run, the longer one of the pair, is as long as a seed; it has with what follows one edit on one of its sides as many
 * matches as a pair must have, with what can be reached by three edits on both sides together as many as a window, and by e edits
 * enough for the piece. What an alignment reaches from a run, `wavefront.ts` reaches as well from the longest run about it.
 */
import type { Rules } from "./rules";

export interface RunLayout {
  /** The least columns of a piece: W. */
  readonly columns: number;
  /** The most edits of a piece. */
  readonly edits: number;
  /** The edits of a window: three, unless no piece has as many. */
  readonly windowEdits: number;
  /** The matches of a window, T, … */
  readonly window: number;
  /** … of a run without such a window, L, … */
  readonly alone: number;
  /** … of the best pair of a window, P, … */
  readonly pair: number;
  /** … and of a seed, which is not longer than the longer run of the pair. */
  readonly seed: number;
}

/** Longer pieces must be looked at with more edits; of those no more than `mostEdits`. */
const mostColumns = 40;
const mostEdits = 16;
const mostRuns = 4;
const longestSeed = 16;

/** @param columns how many columns a near copy has at least */
export function runLayout({ share, unit }: Rules, columns: number): RunLayout {
  const narrow = Math.floor((((mostEdits + 1) * unit - 1) / share + 1) / 2);
  const least = Math.min(columns, mostColumns, narrow);
  const [fewest, most] = [least, 2 * least - 1].map((length) => Math.floor((length * share) / unit));
  const pieces = Array.from({ length: most - fewest + 1 }, (_, index) => {
    const edits = fewest + index;
    const shortest = Math.max(least, Math.ceil((edits * unit) / share) || 0);
    return { runs: edits + 1, matches: shortest - edits };
  });
  const runs = Math.min(mostRuns, most + 1);
  const half = Math.min(2, runs);
  const isCertain = (window: number, alone: number) =>
    pieces.every((piece) => {
      const full = Math.ceil(piece.runs / runs) - 1;
      const rest = Math.min(window - 1, (piece.runs - full * runs) * (alone - 1));
      return piece.matches > full * (window - 1) + rest;
    });
  for (let window = least; ; window--) {
    const pair = Math.ceil(window / Math.ceil(runs / half));
    for (let alone = window; alone >= pair; alone--) {
      if (!isCertain(window, alone)) continue;
      const seed = Math.min(longestSeed, Math.ceil(pair / half));
      return { columns: least, edits: most, windowEdits: runs - 1, window, alone, pair, seed };
    }
  }
}
