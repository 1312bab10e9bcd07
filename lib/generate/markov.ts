/**
 * A Markov chain of characters, the poet without a network: it draws each character among those that came after the last few
 * in the texts (Shannon 1948, section 3). What it copies it copies by chance: the measure for what a network copies.
 */
import { checkWhole } from "../base/option-error";
import { random, type Random } from "../base/random";
import type { Part, Text } from "../text/text";

export interface ChanceOptions {
  /** How many characters the chain looks back at (default: 5). */
  readonly order?: number;
  /** Characters to write (default: 400). */
  readonly length?: number;
  /** The same seed writes the same text (default: 1). */
  readonly seed?: number;
}

/**
 * Writes by chance. Wherever the last `order` characters stand in the texts, what follows is as likely to come next, so
 * that any `order` + 1 characters in a row stand in some text; only where none goes on does it begin anew, at any
 * place. Characters are Unicode code points; the texts' weights do not count.
 *
 * @throws where an option is out of range, and where no text is longer than `order`
 * @example writeByChance(library.training, { order: 5, length: 40 }) // "he room as she could not be said Mrs. Ra"
 */
export function writeByChance(
  texts: readonly (Text | Part)[],
  { order = 5, length = 400, seed = 1 }: ChanceOptions = {},
): string {
  checkWhole({ order }, 1);
  checkWhole({ length });
  const draw = random(seed);
  const places = new Places(texts, order);
  const written: string[] = [];
  let place = places.any(draw);
  while (written.length < length) {
    const alike = places.alike(place);
    place = alike.length ? alike[Math.floor(draw() * alike.length)] : places.any(draw);
    written.push(String.fromCodePoint(places.points[place]));
    place++;
  }
  return written.join("");
}

/** Stands after the last character of each text, and for no place. */
const NONE = -1;

/** The places of some texts, by the `order` characters before them. */
class Places {
  /** The code points of all texts, `NONE` after each of them. */
  readonly points: Int32Array;
  /** Places with a character, and `order` of the same text before it. */
  private readonly usable: Int32Array;
  /** By the hash of the characters before it, the last usable place: [buckets]; and for each place the one before: [points]. */
  private readonly last: Int32Array;
  private readonly previous: Int32Array;

  constructor(
    texts: readonly (Text | Part)[],
    private readonly order: number,
  ) {
    const all = texts.map(({ content }) =>
      Array.from(content, (character) => character.codePointAt(0) as number),
    );
    this.points = new Int32Array(all.reduce((sum, points) => sum + points.length + 1, 0));
    this.previous = new Int32Array(this.points.length);
    this.usable = new Int32Array(all.reduce((sum, points) => sum + Math.max(0, points.length - order), 0));
    if (this.usable.length === 0) {
      throw new Error(
        `Expected a text of more than ${order} characters (\`order\`), got ${all.length} shorter ones`,
      );
    }
    this.last = new Int32Array(2 ** Math.min(22, Math.ceil(Math.log2(this.usable.length + 1)))).fill(NONE);
    let begin = 0;
    let found = 0;
    for (const points of all) {
      this.points.set(points, begin);
      for (let place = begin + order; place < begin + points.length; place++) {
        this.usable[found++] = place;
        const bucket = this.bucket(place);
        this.previous[place] = this.last[bucket];
        this.last[bucket] = place;
      }
      begin += points.length;
      this.points[begin++] = NONE;
    }
  }

  /** Any usable place. */
  any(draw: Random): number {
    return this.usable[Math.floor(draw() * this.usable.length)];
  }

  /** The usable places with the same characters before them as `place`. */
  alike(place: number): number[] {
    const found: number[] = [];
    for (let other = this.last[this.bucket(place)]; other !== NONE; other = this.previous[other]) {
      if (this.sameBefore(other, place)) found.push(other);
    }
    return found;
  }

  private sameBefore(one: number, other: number): boolean {
    for (let back = 1; back <= this.order; back++) {
      if (this.points[one - back] !== this.points[other - back]) return false;
    }
    return true;
  }

  private bucket(place: number): number {
    let hash = 0;
    for (let back = this.order; back > 0; back--)
      hash = Math.imul(hash ^ this.points[place - back], 0x9e3779b1) ^ (hash >>> 15);
    return (Math.imul(hash ^ (hash >>> 15), 0x85ebca6b) >>> 8) & (this.last.length - 1);
  }
}
