/**
 * Where the near copies that pass through an anchor may begin: read backwards from it, no stretch of one falls by more than
 * `gap` edits cost, so all cells (a place in the sample, a place in the text) that one can reach so are few. Of those a near copy
 * begins where a run of matches does, as `rules.ts` says.
 */
import type { Anchors } from "./anchors";
import { TooManyAlignments, type Budget, type Rules } from "./rules";

/** Cells by row, two numbers each: a place in the sample, a place in the text. Ascending, by both. */
export type Cells = Int32Array;

const never = 2 ** 30;

/** @throws TooManyAlignments */
export function startsOf(
  sample: Uint16Array,
  text: Uint16Array,
  { anchors, rules, budget }: { readonly anchors: Anchors; readonly rules: Rules; readonly budget: Budget },
): Cells {
  const byEnd = endsByRow(anchors);
  const found: number[] = [];
  let row: Row = { places: [], drops: [] };
  let next = 0;
  for (let inSample = sample.length; inSample >= 0; inSample--) {
    if (row.places.length === 0) {
      if (next === byEnd.length) break;
      inSample = byEnd[next][0];
    }
    let last = next;
    while (last < byEnd.length && byEnd[last][0] === inSample) last++;
    const injected = byEnd.slice(next, last).map(([, inText]) => inText);
    next = last;
    row = rowBefore(sample, text, { below: row, inSample, injected }, rules);
    if ((budget.left -= row.places.length) < 0) throw new TooManyAlignments();
    if (inSample === sample.length) continue;
    for (const inText of row.places) {
      if (inText >= text.length || sample[inSample] !== text[inText]) continue;
      if (inSample > 0 && inText > 0 && sample[inSample - 1] === text[inText - 1]) continue;
      found.push(inText, inSample);
    }
  }
  return Int32Array.from(found.reverse());
}

/** The cells of a row that can be reached, by falling place in the text, and how far the score has fallen there. */
interface Row {
  readonly places: number[];
  readonly drops: number[];
}

/** Where anchors end, [place in the sample, place in the text], from the last to the first. */
function endsByRow(anchors: Anchors): [number, number][] {
  const ends: [number, number][] = [];
  for (let at = 0; at < anchors.length; at += 3) {
    const length = anchors[at + 2];
    ends.push([anchors[at] + length, anchors[at + 1] + length]);
  }
  return ends.sort(([row, place], [otherRow, otherPlace]) => otherRow - row || otherPlace - place);
}

/** The row at `inSample` from the one below it. */
function rowBefore(
  sample: Uint16Array,
  text: Uint16Array,
  {
    below,
    inSample,
    injected,
  }: { readonly below: Row; readonly inSample: number; readonly injected: readonly number[] },
  { gain, cost, mostDrop }: Rules,
): Row {
  const places: number[] = [];
  const drops: number[] = [];
  const count = below.places.length;
  let diagonal = 0; // the first cell below that is not more than one place to the right
  let straight = 0; // … that is not to the right
  let anchor = 0;
  let place = Math.max(below.places[0] ?? -1, injected[0] ?? -1);
  while (place >= 0) {
    while (diagonal < count && below.places[diagonal] > place + 1) diagonal++;
    while (straight < count && below.places[straight] > place) straight++;
    let drop = never;
    if (diagonal < count && below.places[diagonal] === place + 1) {
      const before = below.drops[diagonal];
      drop = sample[inSample] === text[place] ? Math.max(0, before - gain) : before + cost;
    }
    if (straight < count && below.places[straight] === place)
      drop = Math.min(drop, below.drops[straight] + cost);
    const lastPlace = places.length - 1;
    if (lastPlace >= 0 && places[lastPlace] === place + 1) drop = Math.min(drop, drops[lastPlace] + cost);
    while (anchor < injected.length && injected[anchor] >= place) if (injected[anchor++] === place) drop = 0;
    if (drop <= mostDrop) {
      places.push(place);
      drops.push(drop);
      place--;
      continue;
    }
    // On to the next place that a cell below, or an anchor, leads to.
    const under = straight < count ? Math.min(place - 1, below.places[straight]) : -1;
    place = Math.max(under, injected[anchor] ?? -1);
  }
  return { places, drops };
}
