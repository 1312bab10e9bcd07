/**
 * Puts together the matches of a sample and the texts of an index from what single records show of them. A record sees
 * no further than some characters around its block; but the blocks of a long match lie on a diagonal, `stride` apart both
 * in the sample and in the texts, and the last of them shows where it ends. How records are compared, and where a text must
 * be read after all, `index-records.ts` says.
 */
import type { RecordLayout } from "./index-format";

/** How many matches, or ends of matches, are held at most. */
const most = 2 ** 20;

/** Called for sample[start, end), in which block `number` of the texts is at `place`. */
export type BlockMatch = (start: number, end: number, place: number, number: number) => void;

export class IndexMatches {
  /** Four numbers each, as `BlockMatch` is told them. */
  private readonly whole: number[] = [];
  /**
   * What blocks show on a diagonal, by diagonal and then by place, in one number. That of the place on its diagonal is its
   * quotient by `stride`. What is shown is how many characters before the block a match begins, or `stride` where that
   * cannot be told, or `stride` and how many characters after the beginning of the block it ends.
   */
  private readonly shown: number[] = [];
  /** The end of the longest stretch around each place of the sample that is known to stand in the texts: [length]. */
  private readonly known: Int32Array;
  private readonly places: number;
  private readonly signs: number;

  /** @param length of the sample */
  constructor(
    private readonly length: number,
    private readonly layout: RecordLayout,
  ) {
    this.known = new Int32Array(length);
    this.places = Math.floor(length / layout.stride) + 1;
    this.signs = layout.codes + 1;
  }

  /** Whether so many blocks can be told apart. */
  holds(blocks: number): boolean {
    const diagonals = blocks * this.layout.stride + this.length + 1;
    return diagonals * this.places * this.signs <= Number.MAX_SAFE_INTEGER;
  }

  get isFull(): boolean {
    return this.shown.length + this.whole.length / 4 > most;
  }

  /** Adds a match, unless it lies in a longer one: where phrases are frequent most do. */
  add(start: number, end: number, place: number, number: number): void {
    this.know(start, end);
    if (!this.isInside(start, end)) this.whole.push(start, end, place, number);
  }

  /** sample[start, end) stands in the texts. */
  know(start: number, end: number): void {
    const { known } = this;
    for (let at = start; at < end && known[at] < end; at++) known[at] = end;
  }

  private isInside(start: number, end: number): boolean {
    return this.known[start] > end || (start > 0 && this.known[start - 1] >= end);
  }

  /** A match begins `before` characters, less than `stride`, before a block, and goes on behind what its record shows. */
  begin(place: number, number: number, before: number): void {
    this.show(place, number, before);
  }

  /** Whether a match that has an earlier block goes on in this one is not to be seen. */
  doubt(place: number, number: number): void {
    this.show(place, number, this.layout.stride);
  }

  /** A match that has an earlier block ends `after` characters after the beginning of this one. */
  end(place: number, number: number, after: number): void {
    this.show(place, number, this.layout.stride + after);
  }

  private show(place: number, number: number, sign: number): void {
    const { stride } = this.layout;
    const diagonal = number * stride - place + this.length;
    this.shown.push((diagonal * this.places + Math.floor(place / stride)) * this.signs + sign);
  }

  /**
   * Joins the beginnings to the ends that come next on their diagonals.
   *
   * @param minLength of a match; shorter ones are left out
   * @param unclear is told the first block of each match whose end is not to be seen
   */
  join(minLength: number, unclear: (place: number, number: number) => void): void {
    const { stride } = this.layout;
    const shown = Float64Array.from(this.shown).sort();
    for (let index = 0; index < shown.length; index++) {
      const first = this.read(shown[index]);
      if (first.sign >= stride) continue;
      const last = index + 1 < shown.length ? this.read(shown[index + 1]) : first;
      if (last.sign <= stride || last.diagonal !== first.diagonal) {
        unclear(first.place, first.number);
        continue;
      }
      const [start, end] = [first.place - first.sign, last.place + last.sign - stride];
      if (end - start >= minLength) this.add(start, end, first.place, first.number);
    }
  }

  private read(shown: number) {
    const { stride } = this.layout;
    const at = Math.floor(shown / this.signs);
    const diagonal = Math.floor(at / this.places) - this.length;
    const number = (at % this.places) + Math.ceil(diagonal / stride);
    return { sign: shown % this.signs, diagonal, number, place: number * stride - diagonal };
  }

  /** Calls back for each match that lies in no longer one. */
  forEachLongest(callback: BlockMatch): void {
    const { whole } = this;
    for (let index = 0; index < whole.length; index += 4) {
      const [start, end] = [whole[index], whole[index + 1]];
      if (!this.isInside(start, end)) callback(start, end, whole[index + 2], whole[index + 3]);
    }
  }
}
