/** From near copies to passages: those that lie in no longer one, each with its places. */
import type { Copy } from "./alignment-states";
import { unitOf, type Symbols } from "./symbols";

/** A near copy of a stretch of the sample, in characters of both. */
export interface NearCopy extends Copy {
  /** The text's number. */
  readonly text: number;
}

/** A stretch of the sample, in characters, that has a near copy and lies in no longer one that has. */
export interface NearStretch {
  readonly start: number;
  readonly end: number;
  /** Fewest edits first, then by text and place; none that overlaps a better one in the text. */
  readonly places: readonly NearCopy[];
}

/** The near copies of a sample in all texts, of those that begin at one place the longest. */
export class NearCopies {
  /** Where the longest ends, by where it starts: [characters]. */
  private readonly ends: Int32Array;
  private readonly copies = new Map<number, NearCopy[]>();

  constructor(
    private readonly sample: Symbols,
    private readonly minLength: number,
  ) {
    this.ends = new Int32Array(sample.numbers.length);
  }

  add(copy: NearCopy): void {
    const { start, end } = copy;
    const { sample, ends, copies } = this;
    if (end < ends[start] || unitOf(sample, end) - unitOf(sample, start) < this.minLength) return;
    const known = copies.get(start);
    if (known && end === ends[start]) known.push(copy);
    else copies.set(start, [copy]);
    ends[start] = end;
  }

  stretches(): NearStretch[] {
    const stretches: NearStretch[] = [];
    let reached = 0;
    this.ends.forEach((end, start) => {
      if (end <= reached) return;
      reached = end;
      stretches.push({ start, end, places: bestOf(this.copies.get(start) ?? []) });
    });
    return stretches;
  }
}

/** Those that overlap no better one. */
function bestOf(copies: readonly NearCopy[]): NearCopy[] {
  const best: NearCopy[] = [];
  const byText = new Map<number, NearCopy[]>();
  const ordered = [...copies].sort((one, other) => {
    return one.edits - other.edits || one.text - other.text || one.from - other.from || one.to - other.to;
  });
  for (const copy of ordered) {
    const taken = byText.get(copy.text) ?? [];
    if (taken.some(({ from, to }) => from < copy.to && copy.from < to)) continue;
    byText.set(copy.text, [...taken, copy]);
    best.push(copy);
  }
  return best;
}
