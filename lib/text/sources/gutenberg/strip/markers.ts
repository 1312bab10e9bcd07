/** How far the markers of Project Gutenberg reach: a long title breaks them over several lines. */
import type { Lines } from "./layout";
import { SMALL_PRINT_END } from "./publisher-words";

/** A marker is at most so long, in lines. */
const MARKER_LINES = 6;
const SMALL_PRINT_LINES = 250;

/** The last line of a marker between stars that begins in `line`. */
export function endOfMarker(lines: Lines, line: number): number {
  const end = Math.min(line + MARKER_LINES, lines.count);
  for (let at = line; at < end && !lines.isBlank(at); at++) {
    if (/\*\s*$/.test(lines.at(at))) return at;
  }
  return line;
}

/** The last line of "End of Project Gutenberg's …, by …" that begins in `line`. */
export function endOfEndLine(lines: Lines, line: number): number {
  let last = line;
  while (last < line + 3 && !lines.isBlank(last + 1)) {
    const words = lines.joined(line, last);
    const isBroken = lines.at(last).length > 55 && !/\bby \S/i.test(words);
    if (!isBroken && !/(?:,|\bby|\bof|\band)$/i.test(words)) break;
    last++;
  }
  return last;
}

/**
 * The last line of the small print that begins in `line`, between its two markers.
 *
 * @param limit the line before which it ends
 */
export function endOfSmallPrint(lines: Lines, line: number, limit: number): number | undefined {
  if (!/^\W*START\W*THE SMALL PRINT/i.test(lines.at(line))) return undefined;
  return lines.firstIn(line + 1, Math.min(line + SMALL_PRINT_LINES, limit) - 1, SMALL_PRINT_END);
}
