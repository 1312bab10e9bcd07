/**
 * Unicode's word boundaries in a text without spaces, found piece by piece: on Node.js 20 the segmenter's time grows with the
 * square of what it is given.
 */

/** Unicode's word boundaries (UAX 29). What few languages have of their own is left out: all texts are cut alike. */
const segmenter = new Intl.Segmenter("en", { granularity: "word" });

/** UTF-16 units that the segmenter is given at once. */
const atOnce = 1024;

/** Units before the end of what it is given, near which its words may yet depend on what comes behind. */
const margin = 128;

/** The words of a text without spaces, as the segmenter would cut it as a whole. */
export function segmented(text: string): string[] {
  const words: string[] = [];
  let [start, size] = [0, atOnce];
  while (start < text.length) {
    const piece = text.slice(start, start + size);
    const found = Array.from(segmenter.segment(piece), ({ segment }) => segment);
    let end = piece.length;
    if (start + size < text.length) {
      // The last two are not sure: one may go on, and one may belong to it (UAX 29, WB6).
      for (let unsure = 2; found.length > 0 && (unsure > 0 || end > piece.length - margin); unsure--)
        end -= found.pop()!.length;
    }
    for (const word of found) words.push(word);
    start += end;
    size = end > 0 ? atOnce : 2 * size;
  }
  return words;
}
