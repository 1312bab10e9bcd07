/** What is said of a map and its bands, the same in pages and terminals. */
import type { BookMap } from "../../generate/memory/book-map";
import { bookOf } from "../overlay/sources/citation";
import { count, nats } from "../style/numbers";
import type { Band, BandedMap } from "./bands";

/** The characters that are as high as a band can be: the longest there are, within reason. */
export function fullHeight(maps: readonly BandedMap[]): number {
  return Math.min(200, Math.max(50, ...maps.map(({ longest }) => longest)));
}

/** @example heading(map) // "Emma, Jane Austen: how far the network goes on word for word from each of 1,678 places" */
export function heading({ text, places }: BookMap): string {
  return `${bookOf(text)}: how far the network goes on word for word from each of ${count(places.length)} places`;
}

/** @example summary(map) // "42 characters at most, 3.1 on average; what follows costs 1.21 nats a character" */
export function summary({ longest, mean, crossEntropy }: BandedMap): string {
  const cost = Number.isNaN(crossEntropy)
    ? ""
    : `; what follows costs ${nats(crossEntropy)} nats a character`;
  return `${count(longest)} characters at most, ${mean.toFixed(1)} on average${cost}`;
}

/** @example placeOf(band) // "34% of the book, line 5,120: 42 characters word for word" */
export function placeOf({ share, line, verbatim }: Band): string {
  const characters = verbatim === 1 ? "1 character" : `${count(verbatim)} characters`;
  return `${Math.round(100 * share)}% of the book, line ${count(line)}: ${characters} word for word`;
}
