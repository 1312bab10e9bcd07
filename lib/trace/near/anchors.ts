/** Anchors: runs of matches in a text through one of which every near copy of it passes. Why, `layout.ts` says. */
import type { RunLayout } from "./layout";
import { TooManyAlignments, type Rules } from "./rules";
import { Seeds } from "./seeds";
import { Wavefront } from "./wavefront";

/** Runs of matches, three numbers each: where one begins in the sample and in the text, and how long it is, in characters. */
export type Anchors = number[];

/** Pairs of places with the same seed that are looked at; in novels it is one for 4,700 pairs of places. */
function mostHits(seeds: number, text: Uint16Array): number {
  return 10_000_000 + text.length * (100 + seeds / 100);
}

/** Characters of a sample whose seeds are looked up together: their table is to stay in a near cache. */
const stretch = 2 ** 14;

/**
 * Finds the anchors of a sample in texts: of a long one stretch by stretch.
 *
 * @returns the anchors in one text; it throws TooManyAlignments
 */
export function anchorFinder(
  sample: Uint16Array,
  rules: Rules,
  layout: RunLayout,
): (text: Uint16Array) => Anchors {
  const tables = Array.from({ length: Math.ceil(sample.length / stretch) }, (_, index) => {
    return new Seeds(sample, { begin: index * stretch, end: (index + 1) * stretch }, layout);
  });
  const closeUp = new CloseUp(sample, rules, layout);
  return (text) => {
    const anchors: Anchors = [];
    const look = (inSample: number, inText: number) => closeUp.look(text, inSample, inText, anchors);
    for (const [index, seeds] of tables.entries()) {
      const most = mostHits(Math.min(stretch, sample.length - index * stretch), text);
      if (!seeds.forEachRun(text, most, look)) throw new TooManyAlignments();
    }
    return anchors;
  };
}

/** Looks at runs one by one. */
class CloseUp {
  private readonly ahead: Wavefront;
  private readonly back: Wavefront;

  constructor(
    private readonly sample: Uint16Array,
    private readonly rules: Rules,
    private readonly layout: RunLayout,
  ) {
    const most = { edits: layout.edits, characters: 2 * layout.columns };
    this.ahead = new Wavefront(1, most);
    this.back = new Wavefront(-1, most);
  }

  /** Keeps the run that goes through two places, if it may be that of a near copy by all that `layout.ts` says. */
  look(text: Uint16Array, inSample: number, inText: number, anchors: Anchors): void {
    const { sample, ahead, back } = this;
    const { columns, edits, windowEdits, alone, pair, seed } = this.layout;
    let [before, behind] = [0, 0];
    const mostBefore = Math.min(inSample, inText, 2 * columns);
    while (before < mostBefore && sample[inSample - before - 1] === text[inText - before - 1]) before++;
    const mostBehind = Math.min(sample.length - inSample, text.length - inText, 2 * columns);
    while (behind < mostBehind && sample[inSample + behind] === text[inText + behind]) behind++;
    const length = before + behind;
    if (length < seed) return;
    const [start, from] = [inSample - before, inText - before];
    const [end, to] = [inSample + behind, inText + behind];
    const beside = pair - length;
    if (
      beside > 0 &&
      !this.follow(text, end, to, 1, beside) &&
      !this.follow(text, start - 1, from - 1, -1, beside)
    )
      return;
    if (length < alone) {
      back.fill(sample, start - 1, text, from - 1, windowEdits);
      ahead.fill(sample, end, text, to, windowEdits);
      if (!this.hasWindow(length)) return;
    }
    back.fill(sample, start - 1, text, from - 1, edits);
    ahead.fill(sample, end, text, to, edits);
    if (this.mayGoOn(length)) anchors.push(start, from, length);
  }

  /** Whether so many matches follow by one edit: a replaced character, one put in, or one left out. */
  private follow(
    text: Uint16Array,
    inSample: number,
    inText: number,
    step: 1 | -1,
    matches: number,
  ): boolean {
    return (
      this.match(text, inSample + step, inText + step, step, matches) ||
      this.match(text, inSample + step, inText, step, matches) ||
      this.match(text, inSample, inText + step, step, matches)
    );
  }

  private match(text: Uint16Array, inSample: number, inText: number, step: 1 | -1, matches: number): boolean {
    const { sample } = this;
    const last = step * (matches - 1);
    if (Math.min(inSample, inText, inSample + last, inText + last) < 0) return false;
    if (Math.max(inSample, inSample + last) >= sample.length) return false;
    if (Math.max(inText, inText + last) >= text.length) return false;
    for (let at = 0; at !== last + step; at += step)
      if (sample[inSample + at] !== text[inText + at]) return false;
    return true;
  }

  /**
   * Whether the edits of a window, on both sides together, lead to as many matches as one must have, those of the run
   * with them.
   */
  private hasWindow(length: number): boolean {
    const { back, ahead } = this;
    const { window, windowEdits } = this.layout;
    // A match takes two characters and an edit at least one.
    const characters = 2 * (window - length) + windowEdits;
    for (let before = 0; before <= windowEdits; before++)
      if (back.reached[before] + ahead.reached[windowEdits - before] >= characters) return true;
    return false;
  }

  /** Whether some number of edits on either side allows enough columns, with `share` of them edits at most. */
  private mayGoOn(length: number): boolean {
    const { share, unit } = this.rules;
    const { columns: least, edits: most } = this.layout;
    const { ahead, back } = this;
    for (let edits = 0; edits <= most; edits++) {
      for (let before = 0; before <= edits; before++) {
        // A match takes two characters and any edit at least one of them: twice the columns.
        const columns = 2 * length + back.reached[before] + ahead.reached[edits - before] + edits;
        if (columns >= 2 * least && 2 * edits * unit <= share * columns) return true;
      }
    }
    return false;
  }
}
