/** Where copied pieces of the sample stand in texts that repeat themselves. Which are copied, `repetitive.ts` finds out. */
import type { SuffixAutomaton } from "./automaton";
import type { Stretch } from "../passages";
import { stream } from "./stream";

/** A copied piece of the sample. A state of the automaton has one at most. */
export interface Piece {
  readonly state: number;
  /** Its length in code points, and in UTF-16 units. */
  readonly points: number;
  readonly units: number;
}

export type Finds = Pick<Stretch, "count" | "sources" | "places">;

export interface OccurrencesOptions {
  readonly minLength: number;
  /** How many places are kept of each piece for each text. */
  readonly maxOccurrences: number;
}

/** The piece that stands for none in the arrays here. */
const NOBODY = 0;

/**
 * Gathers the places of all pieces at once. A piece stands wherever a longer one ends with it: a place of the text is
 * booked on the longest piece that ends there, counts are handed on from longer pieces to shorter ones at the end of a
 * text, and pieces that have no room for another place are passed over, so that the time is that of
 * reading the text and writing down the places that are kept.
 */
export class Occurrences {
  private readonly finds: Finds[];
  /** From the shortest to the longest; `NOBODY` comes first. */
  private readonly pieces: readonly Piece[];
  /** The numbers of the pieces. */
  private readonly all: Int32Array;
  /** For each piece the longest other one that it ends with. */
  private readonly shorter: Int32Array;
  /** For each state the longest piece that its pieces of the sample end with, itself included. */
  private readonly nearest: Int32Array;

  constructor(
    private readonly automaton: SuffixAutomaton,
    pieces: Iterable<Piece>,
    private readonly options: OccurrencesOptions,
  ) {
    const byState = new Map(Array.from(pieces, (piece) => [piece.state, piece]));
    const ordered: Piece[] = [{ state: -1, points: 0, units: 0 }];
    this.nearest = new Int32Array(automaton.states);
    this.shorter = new Int32Array(byState.size + 1);
    for (const state of automaton.byLength().subarray(1)) {
      const piece = byState.get(state);
      this.nearest[state] = this.nearest[automaton.link[state]];
      if (!piece) continue;
      this.shorter[ordered.length] = this.nearest[state];
      this.nearest[state] = ordered.push(piece) - 1;
    }
    this.pieces = ordered;
    this.all = Int32Array.from(ordered, (_, index) => index);
    this.finds = ordered.map(() => ({ count: 0, sources: [], places: { texts: [], offsets: [] } }));
  }

  /** What was found of the piece of a state, in the texts read so far. */
  of(state: number): Finds {
    return this.finds[this.nearest[state]];
  }

  /** Reads on in the next text. */
  read(text: number, content: string): void {
    const { automaton, nearest, pieces, shorter, finds } = this;
    const { minLength, maxOccurrences } = this.options;
    const counts = new Int32Array(pieces.length);
    const kept = new Int32Array(pieces.length);
    const open = this.all.slice();
    stream(content, automaton, minLength, (state, length, end) => {
      let piece = nearest[state];
      if (length < pieces[piece].points) piece = shorter[piece];
      counts[piece]++;
      for (piece = firstOpen(open, piece); piece !== NOBODY; piece = firstOpen(open, shorter[piece])) {
        finds[piece].places.texts.push(text);
        finds[piece].places.offsets.push(end - pieces[piece].units);
        if (++kept[piece] >= maxOccurrences) open[piece] = shorter[piece];
      }
    });
    for (let piece = pieces.length - 1; piece !== NOBODY; piece--) {
      if (counts[piece] === 0) continue;
      counts[shorter[piece]] += counts[piece];
      finds[piece].count += counts[piece];
      finds[piece].sources.push({ text, count: counts[piece] });
    }
  }
}

/** The piece itself where it has room, else the longest one with room that it ends with; halves the way for the next time. */
function firstOpen(open: Int32Array, piece: number): number {
  while (open[piece] !== piece) {
    open[piece] = open[open[piece]];
    piece = open[piece];
  }
  return piece;
}
