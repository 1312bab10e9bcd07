/** Stretches that a text and a sample have in common, found by their blocks. What passages they make, `passages.ts` says. */
import { hashOf, wordsOf, type Blocks, type Layout } from "./blocks";

/** How many characters are looked at in one go: their bytes stay in a near cache. */
const chunk = 2 ** 18;

/** What booking a match costs, in comparisons of two characters. */
const booking = 8;

/** Called for sample[start, end) = text[at, at + end - start), which goes on at neither end. */
export type Match = (start: number, end: number, at: number) => void;

/** How many characters may still be compared. */
export interface Budget {
  left: number;
}

export interface MatchOptions {
  readonly minLength: number;
  readonly layout: Layout;
  readonly match: Match;
}

/**
 * Tells all matches of at least `minLength` UTF-16 units, each once, by the first of its blocks; those of one stretch of
 * the sample in the order of the text. Samples and texts that repeat themselves have more of them than can be looked at.
 *
 * @returns whether `budget` was enough; otherwise there are matches that were not told
 */
export function findMatches(
  sample: string,
  text: string,
  options: MatchOptions & { readonly blocks: Blocks; readonly budget: Budget },
): boolean {
  const { blocks, budget } = options;
  const { places, around } = blocks;
  const { block, stride } = blocks.layout;
  const most = Math.ceil(chunk / stride);
  const tellsByFours = block + 6 < options.minLength;
  const bytes = Buffer.from(
    new ArrayBuffer(4 * Math.ceil((Math.min(text.length, most * stride) + block) / 4)),
  );
  for (let first = 0; first + block <= text.length; first += most * stride) {
    const piece = text.slice(first, first + (most - 1) * stride + block);
    const words = wordsOf(piece, bytes);
    const count = Math.floor((piece.length - block) / stride) + 1;
    for (let number = 0; (number = blocks.skip(words, number, count)) < count; number++) {
      const hash = hashOf(words, (number * stride) >>> 2, block >>> 2);
      const at = first + number * stride;
      const word = (number * stride) >>> 2;
      const [before, after] = [words[word - 1], words[word + (block >>> 2)]];
      const isAmong = tellsByFours && number > 0 && number < count - 1;
      for (let index = blocks.start(hash), end = blocks.end(hash); index < end; index++) {
        // Where neither four go on, less than four are the same at either end.
        if (isAmong && around[2 * index] !== before && around[2 * index + 1] !== after) {
          if (--budget.left < 0) return false;
          continue;
        }
        budget.left -= extend(sample, places[index], text, at, options);
        if (budget.left < 0) return false;
      }
    }
  }
  return true;
}

/**
 * Tells the match around a place of the sample and a place of the text at which it may be that the same block begins, if
 * the match is long enough, and if no block of it begins `stride` earlier, by which it has been told before.
 *
 * @returns how much was done, in comparisons of two characters
 */
export function extend(
  sample: string,
  place: number,
  text: string,
  at: number,
  { minLength, layout: { block, stride }, match }: MatchOptions,
): number {
  // What surrounds a block differs soon; so the block itself is compared last.
  const mostBefore = Math.min(stride, place, at);
  let before = 0;
  while (before < mostBefore && sample.charCodeAt(place - before - 1) === text.charCodeAt(at - before - 1)) {
    before++;
  }
  if (before === stride) return before;
  const mostAfter = Math.min(sample.length - place, text.length - at);
  let after = block;
  while (after < mostAfter && sample.charCodeAt(place + after) === text.charCodeAt(at + after)) after++;
  const compared = before + after - block + 2;
  if (before + after < minLength) return compared;
  for (let index = 0; index < block; index++) {
    if (sample.charCodeAt(place + index) !== text.charCodeAt(at + index)) return compared + index;
  }
  let [start, end] = [place - before, place + after];
  if (splitsPair(sample, start) || splitsPair(text, at - before)) start++;
  if (splitsPair(sample, end) || splitsPair(text, at + after)) end--;
  if (end - start >= minLength) match(start, end, at - place + start);
  return compared + block + booking;
}

/** Whether a place lies between the two halves of a surrogate pair. */
function splitsPair(text: string, at: number): boolean {
  return at > 0 && (text.charCodeAt(at) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;
}
