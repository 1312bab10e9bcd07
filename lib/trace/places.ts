/** Places of a text: offset and line of where a passage stands in it. */
import { rankOf } from "../base/lines";
import type { Part, Text } from "../text/text";
import { endIn, startIn, type Edits } from "./comparison/edits";

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

/** How many UTF-16 units of the text a passage takes in one of its places. */
export function lengthInText(
  { start, end }: { readonly start: number; readonly end: number },
  { length }: Occurrence,
): number {
  return length ?? end - start;
}

/** Makes an occurrence of a stretch of `content` as it is compared, in the place of one that is so long in the sample. */
export type Locate = (
  at: number,
  compared: { readonly length: number; readonly inSample: number },
) => Occurrence;

/** What must be known of a text for its places. */
export interface PlacerOptions {
  /** Where the lines of its content begin; called when there is a place. */
  readonly lines: () => ArrayLike<number>;
  /** What was changed in its content before it was compared; called when there is a place. */
  readonly edits: () => readonly Edits[];
}

/** @param text of which nothing but the place of a part is looked at */
export function placer(index: number, text: Text | Part, { lines, edits }: PlacerOptions): Locate {
  const { start, firstLine } = "start" in text ? text : { start: 0, firstLine: 1 };
  let known: { readonly starts: ArrayLike<number>; readonly changed: readonly Edits[] } | undefined;
  return (at, { length, inSample }) => {
    known ??= { starts: lines(), changed: edits() };
    const first = startIn(known.changed, at);
    const here = endIn(known.changed, at + length) - first;
    const line = firstLine - 1 + rankOf(known.starts, first);
    const occurrence = { text: index, offset: start + first, line };
    return here === inSample ? occurrence : { ...occurrence, length: here };
  };
}
