/** A map for tests of what is drawn: of a book of three lines, with a place at every tenth character. */
import type { BookMap } from "../../../lib/generate/memory/book-map";
import { textOf } from "../../trace/texts";

export const book = {
  ...textOf(
    "It is a truth universally acknowledged, that a <single> man\nin possession of a good fortune,\nmust be in want of a wife.\n",
    "Pride & Prejudice",
    "Jane Austen",
  ),
  index: 1,
};

/** @param verbatim of each place, 12 of them */
export function madeUpMap(verbatim: readonly number[]): BookMap {
  return {
    ...{ text: book, stride: 10, ahead: 5 },
    places: Int32Array.from(verbatim, (_, at) => 10 * at),
    verbatim: Int32Array.from(verbatim),
    logProbability: Float32Array.from(verbatim, (one) => -10 / (1 + one)),
  };
}

export const one = madeUpMap([0, 3, 0, 1, 0, 0, 37, 2, 0, 0, 0, 1]);
export const other = madeUpMap([1, 0, 0, 0, 0, 0, 0, 0, 0, 12, 0, 0]);
