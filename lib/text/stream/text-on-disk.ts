/** A prepared text: its characters, read from disk piece by piece. */
import { constants } from "node:buffer";
import type { SummedFile } from "../../base/files/block-sums";
import { rankOf } from "../../base/lines";
import type { Sliced } from "../place-of-cut";
import { block, type Prepared, type PreparedText } from "./format";
import { numbersOf, type Width } from "./numbers-in-bytes";

/** Characters of a piece. */
const pieceLength = 2 ** 18;

/** From codes to characters. */
export class Alphabet {
  private readonly units: Uint16Array;
  /** The second unit of a character; 0 where it has one alone. */
  private readonly seconds: Uint16Array;

  constructor({ characters }: Pick<Prepared, "characters">) {
    const list = Array.from(characters);
    this.units = Uint16Array.from(list, (character) => character.charCodeAt(0));
    this.seconds = Uint16Array.from(list, (character) => character.charCodeAt(1) || 0);
  }

  decode(codes: ArrayLike<number>): string {
    const units = new Uint16Array(2 * codes.length);
    let end = 0;
    for (let index = 0; index < codes.length; index++) {
      units[end++] = this.units[codes[index]];
      const second = this.seconds[codes[index]];
      if (second > 0) units[end++] = second;
    }
    return Buffer.from(units.buffer, 0, 2 * end).toString("utf16le");
  }
}

/** Places count in UTF-16 units; what is not said to be one is a number of characters, which are Unicode code points. */
export class TextOnDisk implements Sliced {
  constructor(
    readonly text: PreparedText,
    private readonly from: { readonly codes: SummedFile; readonly width: Width; readonly alphabet: Alphabet },
  ) {}

  /** UTF-16 units. */
  get length(): number {
    return this.text.units;
  }

  /** @throws where they are more than a string can hold */
  slice(from: number, to: number): string {
    if (to - from > constants.MAX_STRING_LENGTH) {
      throw new Error(
        `Expected a text of at most ${constants.MAX_STRING_LENGTH} characters, which is as many as a string can hold, ` +
          `got ${to - from}. Train on it as it is; to trace or to show it, cut the file into several.`,
      );
    }
    const { index, unit } = this.characterAt(from);
    const last = this.charactersBefore(to);
    let text = "";
    for (let at = index; at < last; at += pieceLength)
      text += this.decode(at, Math.min(last, at + pieceLength));
    return text.slice(from - unit, to - unit);
  }

  /** The characters from one place up to another, in pieces none of which ends within a character. */
  *pieces(from = 0, to = this.length): Generator<string, void, void> {
    const first = this.charactersBefore(from);
    const last = this.charactersBefore(to);
    for (let at = first; at < last; at += pieceLength)
      yield this.decode(at, Math.min(last, at + pieceLength));
  }

  /** How many characters are before a place; one that the place is within is counted. */
  charactersBefore(place: number): number {
    const { index, unit } = this.characterAt(place);
    return unit < place ? index + 1 : index;
  }

  /** The number of the character that begins at a place, or that the place is within, and where it begins. */
  private characterAt(place: number): { index: number; unit: number } {
    const { length, units, blocks } = this.text;
    if (length === units || place === 0) return { index: place, unit: place };
    const index = rankOf(blocks.units, place - 1) - 1;
    const decoded = this.decode(index * block, Math.min(length, (index + 1) * block));
    let count = index * block;
    let unit = blocks.units[index];
    for (; unit < place; count++)
      unit += (decoded.codePointAt(unit - blocks.units[index]) as number) > 0xffff ? 2 : 1;
    return unit > place ? { index: count - 1, unit: unit - 2 } : { index: count, unit };
  }

  /** How many line feeds are before a place. */
  lineFeedsBefore(place: number): number {
    const { lines, units } = this.text.blocks;
    const index = rankOf(units, place) - 1;
    let count = lines[index];
    for (const piece of this.pieces(units[index], place)) count += piece.split("\n").length - 1;
    return count;
  }

  private decode(from: number, to: number): string {
    const { codes, width, alphabet } = this.from;
    const bytes = codes.read((this.text.at + from) * width, (to - from) * width);
    return alphabet.decode(numbersOf(bytes, width));
  }
}

/**
 * Puts pieces together anew, so that each but the first begins with white space: words that are found in them are those of
 * the whole text, see `words.ts`.
 *
 * @example [...atSpaces(["one t", "wo three"])] // ["one", " two", " three"]
 */
export function* atSpaces(pieces: Iterable<string>): Generator<string, void, void> {
  let held = "";
  for (const piece of pieces) {
    const text = held + piece;
    const [last] = /\s\S*$/.exec(text) ?? [""];
    held = last || text;
    if (last.length < text.length && last) yield text.slice(0, text.length - last.length);
  }
  if (held) yield held;
}
