/** A text in which what a pattern finds is replaced, with the edits that this has made. */
import type { Edited, Edits } from "./edits";

/** Writes down edits one after another. */
export class EditsWriter {
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  private readonly originals: number[] = [];

  /** The number of edits so far. */
  get length(): number {
    return this.starts.length;
  }

  /** text[from, to) became `length` units. */
  add(from: number, to: number, length: number): void {
    const { starts, ends, originals } = this;
    const last = starts.length - 1;
    const start = last < 0 ? from : from - originals[last] + ends[last];
    starts.push(start);
    ends.push(start + length);
    originals.push(to);
  }

  edits(): Edits {
    const { starts, ends, originals } = this;
    return {
      starts: Uint32Array.from(starts),
      ends: Uint32Array.from(ends),
      originals: Uint32Array.from(originals),
    };
  }
}

/**
 * A text in which what a pattern finds is replaced, and where.
 *
 * @param pattern that goes on from place to place (flag g)
 * @param by what comes in the place of content[from, to)
 * @param widened where what is replaced begins, if that is earlier than what is found and behind `from`; there
 */
export function replaced(
  { content, edits }: Edited,
  pattern: RegExp,
  by: (found: string, from: number, to: number) => string,
  widened: (at: number, from: number) => number = (at) => at,
): Edited {
  const writer = new EditsWriter();
  const pieces: string[] = [];
  let end = 0;
  pattern.lastIndex = 0;
  for (let match = pattern.exec(content); match; match = pattern.exec(content)) {
    const from = widened(match.index, end);
    const to = match.index + match[0].length;
    const result = by(match[0], from, to);
    if (to - from === result.length && content.startsWith(result, from)) continue;
    writer.add(from, to, result.length);
    pieces.push(content.slice(end, from), result);
    end = to;
  }
  if (writer.length === 0) return { content, edits };
  pieces.push(content.slice(end));
  return { content: pieces.join(""), edits: [...edits, writer.edits()] };
}
