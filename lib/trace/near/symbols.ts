/** Texts as small numbers, one for each character, so that comparing two characters is comparing two numbers. */

/** A text in the numbers of an alphabet. */
export interface Symbols {
  /** The number of each code point: [characters]. */
  readonly numbers: Uint16Array;
  /** Where each character begins in UTF-16 units, and the last ends: [characters + 1]. Absent where each is one unit. */
  readonly units?: Int32Array;
}

const surrogate = /[\ud800-\udfff]/;

/**
 * The numbers of the characters of one sample: themselves, where each is one UTF-16 unit. All others have one number
 * together.
 */
export class Alphabet {
  private readonly numbers = new Map<number, number>();
  /** The number of each code point that is one unit: [65536]. Absent where that is itself. */
  private readonly ofUnits?: Uint16Array;
  /** The number of what the sample does not have. */
  private readonly foreign: number;

  /** @throws where the sample has more than 65,535 different characters */
  constructor(sample: string) {
    const points = new Set(Array.from(sample, (character) => character.codePointAt(0) as number));
    if (points.size > 0xffff)
      throw new Error("Expected at most 65,535 different characters in a sample, got more: cut it");
    if (!surrogate.test(sample)) {
      this.foreign = 0;
      while (points.has(this.foreign)) this.foreign++;
      return;
    }
    this.foreign = 0;
    this.ofUnits = new Uint16Array(0x10000);
    for (const point of points) {
      this.numbers.set(point, this.numbers.size + 1);
      if (point <= 0xffff) this.ofUnits[point] = this.numbers.size;
    }
  }

  /** A text in the numbers of this alphabet. */
  symbolsOf(text: string): Symbols {
    if (surrogate.test(text)) return this.symbolsOfPairs(text);
    const numbers = new Uint16Array(text.length);
    Buffer.from(numbers.buffer).write(text, "utf16le");
    const { ofUnits } = this;
    if (ofUnits) for (let at = 0; at < numbers.length; at++) numbers[at] = ofUnits[numbers[at]];
    return { numbers };
  }

  private symbolsOfPairs(text: string): Symbols {
    const numbers = new Uint16Array(text.length);
    const units = new Int32Array(text.length + 1);
    let count = 0;
    for (let at = 0; at < text.length; count++) {
      const point = text.codePointAt(at) as number;
      numbers[count] = this.numberOf(point);
      at += point > 0xffff ? 2 : 1;
      units[count + 1] = at;
    }
    return { numbers: numbers.subarray(0, count), units: units.subarray(0, count + 1) };
  }

  private numberOf(point: number): number {
    if (this.ofUnits) return point > 0xffff ? (this.numbers.get(point) ?? this.foreign) : this.ofUnits[point];
    return point > 0xffff ? this.foreign : point;
  }
}

/** Where a character begins in UTF-16 units. */
export function unitOf({ units }: Symbols, character: number): number {
  return units ? units[character] : character;
}
