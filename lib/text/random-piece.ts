/** A random piece of the texts, for a network to go on from. */
import { checkWhole } from "../base/option-error";
import { rankOf } from "../base/lines";
import { random } from "../base/random";
import type { Text } from "./text";

export interface PieceOptions {
  /** Unicode code points at most: a piece begins with a whole word and ends in the middle of one (default: 40). */
  readonly length?: number;
  /** The same seed draws the same piece (default: 1). */
  readonly seed?: number;
}

/**
 * A piece from anywhere in the texts, each place with the same chance; from the beginning of a word where white space is
 * near.
 *
 * @throws where `length` is not above 0, or there is no text
 * @example randomPiece(library.training, { length: 20 }) // "the ladies of the ho"
 */
export function randomPiece(texts: readonly Text[], { length = 40, seed = 1 }: PieceOptions = {}): string {
  checkWhole({ length }, 1);
  const begins: number[] = [];
  let total = 0;
  for (const { content } of texts) {
    begins.push(total);
    total += Math.max(1, content.length - length);
  }
  if (total === 0) throw new Error("Expected texts to take a piece of, got none");
  const place = Math.floor(random(seed, 0)() * total);
  const index = rankOf(begins, place) - 1;
  const { content } = texts[index];
  const from = wordStart(content, place - begins[index]);
  return Array.from(content.slice(from, from + 2 * length))
    .slice(0, length)
    .join("");
}

/** How far a word may be looked for, in UTF-16 units. */
const reach = 60;

/** Where the word begins that a place of a text lies in. */
function wordStart(content: string, place: number): number {
  const before = content.slice(Math.max(0, place - reach), place);
  const word = /\S*$/.exec(before)?.[0] ?? "";
  if (word.length < before.length || place <= reach) return place - word.length;
  return /[\udc00-\udfff]/.test(content.charAt(place)) ? place - 1 : place;
}
