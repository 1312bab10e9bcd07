/**
 * Pieces of words by byte-pair encoding (Gage 1994; Sennrich et al. 2016, "Neural machine translation of rare words with subword
 * units"): the two neighbours that come most often become one, again and again. How texts are numbered by them is in
 * `subword-tokens.ts`.
 */
import type { OnProgress } from "../../base/progress";
import { UNKNOWN } from "./tokens";

/** A piece that comes less often is none: a network would hardly learn it. */
const leastOften = 10;

/** Code points of a word that are looked at together: words without an end, as of lines of signs, are cut. */
const longest = 64;

/** @example charactersOfWord("sea") // [["s", "e", "a"]] */
export function charactersOfWord(word: string): string[][] {
  const characters = Array.from(word);
  if (characters.length <= longest) return [characters];
  const count = Math.ceil(characters.length / longest);
  return Array.from({ length: count }, (_, index) =>
    characters.slice(index * longest, (index + 1) * longest),
  );
}

/**
 * Neighbours that are a piece together become one, from the left to the right.
 *
 * @example merge(["a", "b", "a", "b", "c"], "ab") // ["ab", "ab", "c"]
 */
export function merge(pieces: readonly string[], piece: string): string[] {
  const merged: string[] = [];
  for (let at = 0; at < pieces.length; at++) {
    const both = at + 1 < pieces.length && pieces[at] + pieces[at + 1] === piece;
    merged.push(both ? piece : pieces[at]);
    if (both) at++;
  }
  return merged;
}

interface CutWord {
  readonly count: number;
  pieces: string[];
}

/**
 * The pieces of several characters that come most often, in the order in which they came to be: each is two neighbours among
 * those before it and the characters. Of equally frequent ones the first in the order of code units is taken.
 *
 * @param counts words and how often each comes
 * @param most how many pieces there are at most
 * @example frequentSubwords([["abab", 10], ["abc", 5]], 2) // ["ab", "abab"]
 */
export function frequentSubwords(
  counts: Iterable<readonly [string, number]>,
  most: number,
  onProgress?: OnProgress,
): string[] {
  const neighbours = new Neighbours();
  for (const [word, count] of counts)
    if (!word.includes(UNKNOWN))
      for (const pieces of charactersOfWord(word)) neighbours.add({ count, pieces });
  const found = new Set<string>();
  while (found.size < most) {
    const piece = neighbours.mostFrequent();
    if (piece === undefined) break;
    found.add(piece); // A piece may come to be of other neighbours a second time.
    neighbours.merge(piece);
    onProgress?.({ label: "Pieces of words", done: found.size, total: most, unit: "pieces" });
  }
  return [...found];
}

/** How often two pieces of a word stand side by side, by what they are together. */
class Neighbours {
  private readonly counts = new Map<string, number>();
  /** Where each pair is, or was. */
  private readonly words = new Map<string, Set<CutWord>>();

  add(word: CutWord): void {
    const { count, pieces } = word;
    for (let at = 0; at + 1 < pieces.length; at++) {
      const pair = pieces[at] + pieces[at + 1];
      this.counts.set(pair, (this.counts.get(pair) ?? 0) + count);
      const words = this.words.get(pair);
      if (words) words.add(word);
      else this.words.set(pair, new Set([word]));
    }
  }

  /** Those that come most often; nothing where none comes often enough. */
  mostFrequent(): string | undefined {
    let [best, often]: [string | undefined, number] = [undefined, leastOften];
    for (const [pair, count] of this.counts)
      if (count > often || (count === often && (best === undefined || pair < best)))
        [best, often] = [pair, count];
    return best;
  }

  merge(piece: string): void {
    for (const word of this.words.get(piece) ?? []) {
      const merged = merge(word.pieces, piece);
      if (merged.length === word.pieces.length) continue;
      this.remove(word);
      word.pieces = merged;
      this.add(word);
    }
    this.words.delete(piece);
    this.counts.delete(piece);
  }

  private remove({ count, pieces }: CutWord): void {
    for (let at = 0; at + 1 < pieces.length; at++) {
      const pair = pieces[at] + pieces[at + 1];
      const left = (this.counts.get(pair) ?? 0) - count;
      if (left > 0) this.counts.set(pair, left);
      else this.counts.delete(pair);
    }
  }
}
