/** Places of a text: offset and line of where a passage stands in it. */
import { lineStarts, rankOf } from "../text/lines";
import type { Part, Text } from "../text/text";

/** A place where a passage stands. */
export interface Occurrence {
  /** The text's number in `texts`. */
  readonly text: number;
  /** Where in the whole text, in UTF-16 units. */
  readonly offset: number;
  /** The line of the whole text in which it begins, from 1. */
  readonly line: number;
  /** How many UTF-16 units of the text it takes, where that is not as many as the passage takes of the sample. */
  readonly length?: number;
}

/** Makes an occurrence of a stretch of `content` as it is compared, in the place of one that is so long in the sample. */
export type Place = (
  at: number,
  compared: { readonly length: number; readonly inSample: number },
) => Occurrence;

/** @param original where a place of the text as it is compared is in `text.content` */
export function placer(index: number, text: Text | Part, original: (at: number) => number): Place {
  const { start, firstLine } = "start" in text ? text : { start: 0, firstLine: 1 };
  let lines: number[] | undefined;
  return (at, { length, inSample }) => {
    lines ??= lineStarts(text.content);
    const first = original(at);
    const here = original(at + length) - first;
    const occurrence = { text: index, offset: start + first, line: firstLine - 1 + rankOf(lines, first) };
    return here === inSample ? occurrence : { ...occurrence, length: here };
  };
}
