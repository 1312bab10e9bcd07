/** A sample cut into pieces, each of which is copied from one text or from none. */
import { cutPieces } from "../../../lib/show/overlay/pieces";
import type { Passage } from "../../../lib/trace/trace";
import type { Piece } from "../messages";

/**
 * Where the visitor's paragraph and a book have the same words, they count as the visitor's; else as the longest passage's.
 *
 * @param passages by their start, as a trace has them
 * @param own the number of the visitor's paragraph among the texts
 */
export function piecesOf(sample: string, passages: readonly Passage[], own: number): Piece[] {
  const isOwn = ({ sources }: Passage) => sources.some((source) => source.text === own);
  const pieces = cutPieces(sample, passages).map(({ start, end, passages: all }) => {
    const mine = all.filter(isOwn);
    const [longest] = [...(mine.length > 0 ? mine : all)].sort((one, other) => other.length - one.length);
    if (!longest) return { text: sample.slice(start, end) };
    const source = mine.length > 0 ? own : longest.sources[0].text;
    return { text: sample.slice(start, end), copy: { source, length: longest.length } };
  });
  return pieces.map((piece, index) => {
    const ends = piece.copy !== undefined && pieces[index + 1]?.copy?.source !== piece.copy.source;
    return { ...piece, ends };
  });
}
