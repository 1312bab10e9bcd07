/** Lines of a text: where they begin, and which of them holds a place. Lines count from 1, offsets from 0. */

/** The offsets at which the lines of a text begin, in UTF-16 units. A line ends in "\n", "\r\n" or "\r". */
export function lineStarts(content: string): number[] {
  const starts = [0];
  if (content.includes("\r")) {
    for (const end of content.matchAll(/\r\n?|\n/g)) starts.push((end.index ?? 0) + end[0].length);
    return starts;
  }
  for (let at = content.indexOf("\n"); at >= 0; at = content.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/**
 * How many of the ascending `starts` are at most `offset`; of line starts that is the line of `offset`.
 *
 * @example rankOf(lineStarts("one\ntwo\n"), 5) // 2
 */
export function rankOf(starts: ArrayLike<number>, offset: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (starts[middle] <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
