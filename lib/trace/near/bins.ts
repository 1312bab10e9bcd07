/** Seeds counted by diagonals: whether enough of them stand close together for a near copy, as `layout.ts` says. */
import { mostApart, type Level } from "./layout";

/** Diagonals are counted in bins that begin 16 apart and are twice as wide, so that those up to 16 apart are in one. */
const binShift = Math.log2(mostApart);

const longAgo = -(2 ** 30);

export class Bins {
  private readonly mask: number;
  private readonly depth: number;
  /** How many seeds each bin has had: [bins]. */
  private readonly counts: Int32Array;
  /** Where in the text the last of them began, and on which diagonal: [bins, depth, 2]. */
  private readonly rings: Int32Array;
  /** What every level asks for at least. */
  private readonly fewest: number;
  private readonly widest: number;

  constructor(
    private readonly sampleLength: number,
    private readonly levels: readonly Level[],
  ) {
    const bins = 2 ** Math.ceil(Math.log2((sampleLength >>> binShift) + 3));
    this.mask = bins - 1;
    this.depth = 2 ** Math.ceil(Math.log2(Math.max(...levels.map(({ seeds }) => seeds))) + 1);
    this.counts = new Int32Array(bins);
    this.rings = new Int32Array(2 * bins * this.depth);
    this.fewest = Math.min(...levels.map(({ seeds }) => seeds));
    this.widest = Math.max(...levels.map(({ within }) => within));
  }

  /** Forgets all seeds: another text begins. */
  clear(): void {
    this.counts.fill(0);
    this.rings.fill(longAgo);
  }

  /**
   * Adds a seed; those of a text come in its order.
   *
   * @returns whether enough of them are near for a piece, seen roughly; `mostEdits` sees closely
   */
  add(inSample: number, inText: number): boolean {
    const diagonal = inText - inSample + this.sampleLength;
    const bin = diagonal >>> binShift;
    const own = this.addTo(bin & this.mask, inText, diagonal);
    return this.addTo((bin - 1) & this.mask, inText, diagonal) || own;
  }

  private addTo(bin: number, at: number, diagonal: number): boolean {
    const { rings, depth } = this;
    const count = this.counts[bin]++;
    const slot = 2 * (bin * depth + (count & (depth - 1)));
    rings[slot] = at;
    rings[slot + 1] = diagonal;
    return rings[2 * (bin * depth + ((count + 1 - this.fewest) & (depth - 1)))] >= at - this.widest;
  }

  /** The most edits of a piece of which the seed that was added last may be the last one, -1 where it is that of none. */
  mostEdits(inSample: number, inText: number): number {
    const diagonal = inText - inSample + this.sampleLength;
    const bin = diagonal >>> binShift;
    for (let index = this.levels.length - 1; index >= 0; index--) {
      const level = this.levels[index];
      if (this.has(level, bin & this.mask, inText, diagonal)) return level.edits;
      if (this.has(level, (bin - 1) & this.mask, inText, diagonal)) return level.edits;
    }
    return -1;
  }

  /** Whether a bin has the seeds of a level; also where more are near than it remembers. */
  private has({ seeds, within, edits }: Level, bin: number, at: number, diagonal: number): boolean {
    const { rings, depth } = this;
    const count = this.counts[bin];
    if (rings[2 * (bin * depth + ((count - seeds) & (depth - 1)))] < at - within) return false;
    let found = 0;
    for (let back = 1; back <= depth; back++) {
      const slot = 2 * (bin * depth + ((count - back) & (depth - 1)));
      if (rings[slot] < at - within) return false;
      const apart = rings[slot + 1] - diagonal;
      if (apart <= edits && apart >= -edits && ++found === seeds) return true;
    }
    return true;
  }
}
