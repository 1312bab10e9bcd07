/** Anchors: runs of matches in a text through one of which every near copy of it passes. Why, `layout.ts` says. */
import { Bins } from "./bins";
import type { SeedLayout } from "./layout";
import { TooManyAlignments, type Rules } from "./rules";
import { Seeds } from "./seeds";
import { Wavefront } from "./wavefront";

/** Runs of matches, three numbers each: where one begins in the sample and in the text, and how long it is, in characters. */
export type Anchors = number[];

/** Pairs of places with the same seed that are looked at; in novels it is one for 4,700 pairs of places. */
function mostHits(sample: Uint16Array, text: Uint16Array): number {
  return 10_000_000 + text.length * (100 + sample.length / 100);
}

/** Characters of a sample whose seeds are looked up together: their table is to stay in a near cache. */
const stretch = 2 ** 14;

/**
 * Finds the anchors of a sample in texts: of a long one stretch by stretch, which overlap by more than a piece is long.
 *
 * @returns the anchors in one text; it throws TooManyAlignments
 */
export function anchorFinder(
  sample: Uint16Array,
  rules: Rules,
  layout: SeedLayout,
): (text: Uint16Array) => Anchors {
  const overlap = 2 * layout.columns;
  const count = Math.max(1, Math.ceil((sample.length - overlap) / stretch));
  const finders = Array.from({ length: count }, (_, index) => {
    const begin = index * stretch;
    return new AnchorFinder(sample, { begin, end: begin + stretch + overlap }, rules, layout);
  });
  return (text) => finders.flatMap((finder) => finder.find(text));
}

/** Finds the anchors of one stretch of a sample. */
class AnchorFinder {
  private readonly sample: Uint16Array;
  private readonly seeds: Seeds;
  private readonly bins: Bins;
  private readonly forward: Wavefront;
  private readonly backward: Wavefront;

  constructor(
    whole: Uint16Array,
    private readonly stretch: { readonly begin: number; readonly end: number },
    private readonly rules: Rules,
    private readonly layout: SeedLayout,
  ) {
    const sample = whole.subarray(stretch.begin, stretch.end);
    this.sample = sample;
    const { columns, seed, levels } = layout;
    this.seeds = new Seeds(sample, seed);
    this.bins = new Bins(sample.length, levels);
    const most = { edits: levels[levels.length - 1].edits, characters: 2 * columns };
    this.forward = new Wavefront(1, most);
    this.backward = new Wavefront(-1, most);
  }

  /** @throws TooManyAlignments */
  find(text: Uint16Array): Anchors {
    const { sample, bins } = this;
    const { seed } = this.layout;
    const anchors: Anchors = [];
    bins.clear();
    const search = (inSample: number, inText: number) => {
      if (!bins.add(inSample, inText)) return;
      const end = inSample + seed;
      // A run has its last seed yet to come; it sees as many.
      if (end < sample.length && inText + seed < text.length && sample[end] === text[inText + seed]) return;
      const edits = bins.mostEdits(inSample, inText);
      if (edits >= 0) this.look(text, end, inText + seed, edits, anchors);
    };
    if (!this.seeds.forEachHit(text, mostHits(sample, text), search)) throw new TooManyAlignments();
    return anchors;
  }

  /** Keeps the run that ends in a place, if with so many edits it may go on far enough. */
  private look(
    text: Uint16Array,
    endInSample: number,
    endInText: number,
    edits: number,
    anchors: Anchors,
  ): void {
    const { sample, forward, backward } = this;
    const { seed, columns } = this.layout;
    let length = 0;
    const most = Math.min(endInSample, endInText, 2 * columns);
    while (length < most && sample[endInSample - length - 1] === text[endInText - length - 1]) length++;
    if (length < seed) return;
    const [inSample, inText] = [endInSample - length, endInText - length];
    backward.fill(sample, inSample - 1, text, inText - 1, edits);
    // What follows the last seed of a piece has runs that are shorter than a seed.
    for (let edit = 0; edit <= edits; edit++) forward.reached[edit] = (2 * seed - 1) * edit;
    if (!this.mayGoOn(length, edits)) return;
    forward.fill(sample, endInSample, text, endInText, edits);
    if (this.mayGoOn(length, edits)) anchors.push(this.stretch.begin + inSample, inText, length);
  }

  /** Whether some number of edits on either side allows enough columns, with `share` of them edits at most. */
  private mayGoOn(length: number, most: number): boolean {
    const { share, unit } = this.rules;
    const [ahead, back] = [this.forward.reached, this.backward.reached];
    for (let edits = 0; edits <= most; edits++) {
      for (let before = 0; before <= edits; before++) {
        // A match takes two characters and any edit at least one of them: twice the columns.
        const columns = 2 * length + back[before] + ahead[edits - before] + edits;
        if (columns >= 2 * this.layout.columns && 2 * edits * unit <= share * columns) return true;
      }
    }
    return false;
  }
}
