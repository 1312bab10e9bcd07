/** Characters and the numbers by which a network knows them. */

/** Stands for every character that a vocabulary lacks, and has the number 0. */
export const UNKNOWN = "\ufffd";

export class Vocabulary {
  private readonly ids: ReadonlyMap<string, number>;
  /** The number of each UTF-16 unit that is a character by itself: what `encode` needs of `ids`, without strings. */
  private readonly table = new Int32Array(0x10000);

  /** @param characters each a single code point, none twice, the first of them `UNKNOWN` */
  private constructor(readonly characters: readonly string[]) {
    this.ids = new Map(characters.map((character, id) => [character, id]));
    for (const [character, id] of this.ids)
      if (character.length === 1) this.table[character.charCodeAt(0)] = id;
  }

  /**
   * The vocabulary of all characters (Unicode code points) in some texts, in the order of their code points.
   *
   * @example Vocabulary.of(["abba"]).characters // ["\ufffd", "a", "b"]
   */
  static of(texts: Iterable<string>): Vocabulary {
    const codePoints = new Set<number>();
    const seen = new Uint8Array(0x10000);
    for (const text of texts) {
      for (let i = 0; i < text.length; i++) {
        const unit = text.charCodeAt(i);
        if (seen[unit] && !isHighSurrogate(unit)) continue;
        seen[unit] = 1;
        const codePoint = text.codePointAt(i) as number;
        if (codePoint > 0xffff) i++;
        codePoints.add(codePoint);
      }
    }
    codePoints.delete(UNKNOWN.charCodeAt(0));
    const characters = [...codePoints].sort((one, other) => one - other);
    return new Vocabulary([UNKNOWN, ...characters.map((codePoint) => String.fromCodePoint(codePoint))]);
  }

  /** How many characters it knows, the unknown one counted. */
  get size(): number {
    return this.characters.length;
  }

  /** The number of a character, 0 where it is unknown. */
  id(character: string): number {
    return this.ids.get(character) ?? 0;
  }

  /**
   * The numbers of a text, one for each code point.
   *
   * @example Vocabulary.of(["abba"]).encode("abc") // Int32Array [1, 2, 0]
   */
  encode(text: string): Int32Array {
    const ids = new Int32Array(text.length);
    let length = 0;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      const codePoint = isHighSurrogate(unit) ? (text.codePointAt(i) as number) : unit;
      if (codePoint > 0xffff) {
        ids[length++] = this.id(String.fromCodePoint(codePoint));
        i++;
      } else {
        ids[length++] = this.table[unit];
      }
    }
    return ids.slice(0, length);
  }

  /** The text of some numbers. Throws at one that is no character's. */
  decode(ids: ArrayLike<number>): string {
    const characters = new Array<string>(ids.length);
    for (let i = 0; i < ids.length; i++) {
      const character = this.characters[ids[i]];
      if (character === undefined) {
        throw new Error(`Expected ids from 0 to ${this.size - 1}, got ${ids[i]} at position ${i}`);
      }
      characters[i] = character;
    }
    return characters.join("");
  }

  equals(other: Vocabulary): boolean {
    return (
      this.size === other.size && this.characters.every((character, id) => character === other.characters[id])
    );
  }

  /** The characters that only one of two vocabularies knows. */
  difference(other: Vocabulary): { onlyHere: string[]; onlyThere: string[] } {
    return {
      onlyHere: this.characters.filter((character) => !other.ids.has(character)),
      onlyThere: other.characters.filter((character) => !this.ids.has(character)),
    };
  }

  /** All known characters in the order of their numbers, which begin with 1. */
  toJSON(): { characters: string } {
    return { characters: this.characters.slice(1).join("") };
  }

  static fromJSON(json: { characters: string }): Vocabulary {
    if (typeof json?.characters !== "string") {
      throw new Error(`Expected a vocabulary as { "characters": "…" }, got ${JSON.stringify(json)}`);
    }
    const characters = [UNKNOWN, ...json.characters];
    if (new Set(characters).size !== characters.length) {
      throw new Error("Expected each character of a vocabulary once, got some twice");
    }
    return new Vocabulary(characters);
  }
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}
