/**
 * Near copies themselves: from all their starts at once, row by row of the sample, alignments go on as long as they
 * keep the rules. Of those that meet in a cell (a place in the sample, a place in the text), one goes if another can do
 * all that it can and begins earlier in the sample, or in the same cell. So each near copy that lies in no longer one
 * is met, with all its places.
 */
import { covers, keepsShare, TooManyAlignments, type Budget, type Rules } from "./rules";
import type { Cells } from "./starts";

/** Called for each near copy that can be made longer at neither end: where it begins in `starts`, where it ends, its edits. */
export type Found = (start: number, inSample: number, inText: number, edits: number) => void;

/** Numbers of a state: its start, matches, edits, and how far the score has fallen. */
const width = 4;

/** The states of a row: those of cell n are states[width * ends[n - 1], width * ends[n]). */
interface Row {
  /** Places in the text, ascending. */
  places: number[];
  ends: number[];
  states: number[];
}

/** @throws TooManyAlignments */
export function sweep(
  sample: Uint16Array,
  text: Uint16Array,
  { starts, rules, budget }: { readonly starts: Cells; readonly rules: Rules; readonly budget: Budget },
  found: Found,
): void {
  const run = new Sweep(sample, text, starts, rules);
  let next = 0;
  let inSample = 0;
  while (inSample <= sample.length) {
    if (run.isEmpty) {
      if (next >= starts.length) return;
      inSample = starts[next];
    }
    let last = next;
    while (last < starts.length && starts[last] === inSample) last += 2;
    run.step(inSample, next, last, found);
    if ((budget.left -= run.size) < 0) throw new TooManyAlignments();
    next = last;
    inSample++;
  }
}

class Sweep {
  /** Held here because it is called for each pair of states, where looking it up in its module each time takes a third of all. */
  private readonly covers = covers;
  private above: Row = { places: [], ends: [], states: [] };
  private row: Row = { places: [], ends: [], states: [] };

  constructor(
    private readonly sample: Uint16Array,
    private readonly text: Uint16Array,
    private readonly starts: Cells,
    private readonly rules: Rules,
  ) {}

  get isEmpty(): boolean {
    return this.row.places.length === 0;
  }

  /** States of the row. */
  get size(): number {
    return this.row.states.length / width;
  }

  /** Makes the row at `inSample` from the one above it and the starts from `first` to `last`, which lie in it. */
  step(inSample: number, first: number, last: number, found: Found): void {
    const { starts, text } = this;
    [this.above, this.row] = [this.row, this.above];
    const { above, row } = this;
    row.places.length = row.ends.length = row.states.length = 0;
    const count = above.places.length;
    let diagonal = 0; // the first cell above that is at most one place to the left
    let straight = 0; // … that is not to the left
    let start = first;
    let place = Math.min(above.places[0] ?? Infinity, start < last ? starts[start + 1] : Infinity);
    while (place <= text.length) {
      while (diagonal < count && above.places[diagonal] < place - 1) diagonal++;
      while (straight < count && above.places[straight] < place) straight++;
      const begin = row.states.length;
      if (start < last && starts[start + 1] === place) {
        row.states.push(start, 0, 0, 0);
        start += 2;
      }
      if (diagonal < count && above.places[diagonal] === place - 1)
        this.fromDiagonal(diagonal, inSample, place, begin);
      if (straight < count && above.places[straight] === place) this.byEdit(above, straight, begin);
      const left = row.places.length - 1;
      if (left >= 0 && row.places[left] === place - 1) this.byEdit(row, left, begin);
      if (row.states.length > begin) {
        row.places.push(place);
        row.ends.push(row.states.length);
        this.tell(inSample, place, begin, found);
        place++;
        continue;
      }
      const under = straight < count ? Math.max(place + 1, above.places[straight]) : Infinity;
      place = Math.min(under, start < last ? starts[start + 1] : Infinity);
    }
  }

  /** A match or a replaced character. */
  private fromDiagonal(cell: number, inSample: number, place: number, begin: number): void {
    if (this.sample[inSample - 1] !== this.text[place - 1]) return this.byEdit(this.above, cell, begin);
    const { ends, states } = this.above;
    const { gain } = this.rules;
    for (let at = cell > 0 ? ends[cell - 1] : 0; at < ends[cell]; at += width) {
      const drop = states[at + 3] - gain;
      this.add(begin, states[at], states[at + 1] + 1, states[at + 2], drop > 0 ? drop : 0);
    }
  }

  private byEdit({ ends, states }: Row, cell: number, begin: number): void {
    const { gain, cost, mostDrop } = this.rules;
    for (let at = cell > 0 ? ends[cell - 1] : 0, end = ends[cell]; at < end; at += width) {
      const matches = states[at + 1];
      const edits = states[at + 2] + 1;
      const drop = states[at + 3] + cost;
      if (drop <= mostDrop && matches * gain >= edits * cost)
        this.add(begin, states[at], matches, edits, drop);
    }
  }

  /** Adds a state to the cell whose states begin at `begin`, unless another one there can do all that it can. */
  private add(begin: number, start: number, matches: number, edits: number, drop: number): void {
    const { starts, rules } = this;
    const { states } = this.row;
    const inSample = starts[start];
    let kept = begin;
    for (let at = begin; at < states.length; at += width) {
      const other = states[at];
      const [ownMatches, ownEdits, ownDrop] = [states[at + 1], states[at + 2], states[at + 3]];
      if (other === start || starts[other] < inSample) {
        if (this.covers(rules, ownMatches, ownEdits, ownDrop, matches, edits, drop)) return;
      }
      if (other === start || inSample < starts[other]) {
        if (this.covers(rules, matches, edits, drop, ownMatches, ownEdits, ownDrop)) continue;
      }
      if (kept < at) for (let index = 0; index < width; index++) states[kept + index] = states[at + index];
      kept += width;
    }
    states.length = kept;
    states.push(start, matches, edits, drop);
  }

  /** Tells what may end in the cell whose states begin at `begin`. */
  private tell(inSample: number, place: number, begin: number, found: Found): void {
    const { sample, text } = this;
    if (inSample < sample.length && place < text.length && sample[inSample] === text[place]) return;
    const { states } = this.row;
    for (let at = begin; at < states.length; at += width) {
      const [matches, edits] = [states[at + 1], states[at + 2]];
      if (states[at + 3] === 0 && matches > 0 && keepsShare(this.rules, matches, edits))
        found(states[at], inSample, place, edits);
    }
  }
}
