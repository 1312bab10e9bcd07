/** A sample cut where passages begin and end, as overlays on pages and in terminals show it. */
import type { Passage } from "../../trace/trace";

export interface Piece {
  readonly start: number;
  readonly end: number;
  /** The passages that the piece lies in, by their start; none where nothing is copied. */
  readonly passages: readonly ShownPassage[];
  /** Those that end with it, unless another from the same texts goes on: where their texts are to be named. */
  readonly ended: readonly ShownPassage[];
}

export interface ShownPassage extends Passage {
  /** Its place among the passages of the sample, from 0. */
  readonly number: number;
  /** From where to where the passage is shown: without the white space at its ends, which nobody sees as copied. */
  readonly from: number;
  readonly to: number;
  /** Passages that overlap lie in different lanes, from 0. */
  readonly lane: number;
}

/**
 * Cuts a sample into pieces that lie in the same passages from end to end.
 *
 * @param passages by their start, as a trace has them
 * @example cutPieces("a cat sat", [{ start: 1, end: 5, … }]) // "a ", "cat" in the passage, " sat"
 */
export function cutPieces(sample: string, passages: readonly Passage[]): Piece[] {
  const shown = layLanes(
    passages.map((passage, number) => ({ ...passage, number, ...trim(sample, passage) })),
  );
  const cuts = new Set([0, sample.length, ...shown.flatMap(({ from, to }) => [from, to])]);
  const ordered = [...cuts].sort((one, other) => one - other);
  let first = 0; // Passages before this one have ended.
  const pieces = ordered.slice(1).map((end, index) => {
    const start = ordered[index];
    while (first < shown.length && shown[first].to <= start) first++;
    let last = first;
    while (last < shown.length && shown[last].from <= start) last++;
    return { start, end, passages: shown.slice(first, last) };
  });
  return pieces.map((piece, index) => {
    const ending = piece.passages.filter(({ to }) => to === piece.end);
    const ended = ending.filter((one, place) => {
      const others = [...ending.slice(place + 1), ...(pieces[index + 1]?.passages ?? [])];
      return !others.some((other) => sameSources(one, other));
    });
    return { ...piece, ended };
  });
}

function sameSources(one: Passage, other: Passage): boolean {
  return (
    one.sources.length === other.sources.length &&
    one.sources.every(({ text }, index) => text === other.sources[index].text)
  );
}

function trim(sample: string, { start, end }: Passage): { from: number; to: number } {
  const words = sample.slice(start, end);
  return { from: end - words.trimStart().length, to: start + words.trimEnd().length };
}

/** Each passage in the lowest lane that is free where it begins. */
function layLanes(passages: readonly Omit<ShownPassage, "lane">[]): ShownPassage[] {
  const ends: number[] = [];
  return passages.map((passage) => {
    const free = ends.findIndex((end) => end <= passage.from);
    const lane = free === -1 ? ends.length : free;
    ends[lane] = passage.to;
    return { ...passage, lane };
  });
}
