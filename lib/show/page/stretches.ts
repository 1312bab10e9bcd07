/** Stretches of books around the places of passages: joined where they meet, and together no longer than a page can hold. */
import { lengthInText } from "../../trace/places";
import type { Passage } from "../../trace/trace";
import { mostBooks } from "../overlay/in-its-books";

/** Characters of all stretches at most: with thousands of passages less is shown around each. */
const mostCharacters = 3_000_000;

export interface ShownPlace {
  readonly text: number;
  readonly offset: number;
  readonly length: number;
}

/** Half as many characters around each passage, and half again, until all stretches have room. */
export function fittingAround(places: readonly ShownPlace[], around: number): number {
  const characters = share(places, around).reduce((sum, { start, end }) => sum + end - start, 0);
  return characters <= mostCharacters || around < 20 ? around : fittingAround(places, Math.floor(around / 2));
}

/** The stretches around the places, joined where they meet, by text and offset. */
export function share(
  places: readonly ShownPlace[],
  around: number,
): { text: number; start: number; end: number }[] {
  const stretches: { text: number; start: number; end: number }[] = [];
  for (const { text, offset, length } of inOrder(places)) {
    const start = Math.max(0, offset - around);
    const end = offset + length + around;
    const last = stretches.at(-1);
    if (last && last.text === text && start <= last.end) last.end = Math.max(last.end, end);
    else stretches.push({ text, start, end });
  }
  return stretches;
}

export function inOrder(places: readonly ShownPlace[]): ShownPlace[] {
  return [...places].sort((one, other) => one.text - other.text || one.offset - other.offset);
}

/** Where a passage stands in the first of its texts. */
export function placesOf(passage: Passage): ShownPlace[] {
  return passage.sources.slice(0, mostBooks).flatMap(({ text }) => {
    const place = passage.occurrences.find((occurrence) => occurrence.text === text);
    return place ? [{ text, offset: place.offset, length: lengthInText(passage, place) }] : [];
  });
}
