/**
 * Blocks: short pieces of a text at even distances, by which copies are found. A window of `minLength` characters holds
 * at least one of them whole, wherever it lies; so what has no block in common has no window in common. Which window
 * it is, `matches.ts` looks up.
 *
 * A block is read as the low bytes of its UTF-16 units, four at a time: as many as the characters themselves, and enough
 * to tell pieces of words apart in any script.
 */

/** The shortest window that holds a block of four at a distance of four. */
export const shortestWindow = 7;

/** How long the blocks are that windows of some length hold, and how far apart; both multiples of four. */
export interface Layout {
  readonly block: number;
  readonly stride: number;
}

/**
 * Blocks of a little more than half a window: longer ones are rarer in a sample, shorter ones lie further apart.
 *
 * @param minLength at least `shortestWindow`
 * @example layoutFor(20) // { block: 12, stride: 8 }
 */
export function layoutFor(minLength: number): Layout {
  let block = 4 * Math.ceil((0.6 * minLength) / 4);
  if (minLength - block < 3) block -= 4;
  return { block, stride: 4 * Math.floor((minLength - block + 1) / 4) };
}

/** The blocks of a sample, at all of its places, and where those are that a block of a text may be. */
export class Blocks {
  /** A bit for the upper bits of a hash, 1 where the sample has such a block; small enough for a near cache. */
  private readonly bits: Int32Array;
  private readonly bitShift: number;
  /** The places by the upper bits of their hashes, those with the same from the last to the first: [places]. */
  readonly places: Int32Array;
  /** Four characters before the block of each of `places`, and four after it, as words: [places, 2]. */
  readonly around: Int32Array;
  /** Where in `places` those with some upper bits begin: [chains + 1]. */
  private readonly starts: Int32Array;
  private readonly startShift: number;

  constructor(
    sample: string,
    readonly layout: Layout,
  ) {
    const hashes = hashesOfAll(sample, layout.block);
    const size = Math.max(8, Math.ceil(Math.log2(2 * hashes.length + 1)));
    this.startShift = 32 - size;
    this.bitShift = 32 - size - spare;
    this.bits = new Int32Array(2 ** (size + spare - 5));
    this.places = new Int32Array(hashes.length);
    this.around = new Int32Array(2 * hashes.length);
    this.starts = new Int32Array(2 ** size + 1);
    for (const hash of hashes) {
      const bit = hash >>> this.bitShift;
      this.bits[bit >>> 5] |= 1 << bit;
      this.starts[hash >>> this.startShift]++;
    }
    let ends = 0;
    this.starts.forEach((count, chain) => (this.starts[chain] = ends += count));
    const fours = foursOf(sample);
    for (let place = 0; place < hashes.length; place++) {
      const index = --this.starts[hashes[place] >>> this.startShift];
      this.places[index] = place;
      this.around[2 * index] = fours[place - 4];
      this.around[2 * index + 1] = fours[place + layout.block];
    }
  }

  /**
   * The number of the first block at or after number `from` that the sample may have, or the number of all blocks.
   *
   * @param words a text as `wordsOf` gives it
   * @param count how many blocks of the text are there
   */
  skip(words: Int32Array, from: number, count: number): number {
    const { bits, bitShift } = this;
    const [length, step] = [this.layout.block >>> 2, this.layout.stride >>> 2];
    for (let number = from, at = from * step; number < count; number++, at += step) {
      const bit = hashOf(words, at, length) >>> bitShift;
      if (((bits[bit >>> 5] >>> bit) & 1) === 1) return number;
    }
    return count;
  }

  /** Where in `places` those begin where the sample may have a block with this hash; and where they end. */
  start(hash: number): number {
    return this.starts[hash >>> this.startShift];
  }

  end(hash: number): number {
    return this.starts[(hash >>> this.startShift) + 1];
  }
}

/** Two to this power are the bits for each chain. */
const spare = 3;

/** The low bytes of some characters, four to a number; `into` has room for them. */
export function wordsOf(text: string, into: Buffer): Int32Array {
  into.write(text, "latin1");
  return new Int32Array(into.buffer, into.byteOffset, into.length >>> 2);
}

/** The hash of a block of `length` words; its upper bits depend on all characters (multipliers of MurmurHash3, Appleby). */
export function hashOf(words: Int32Array, at: number, length: number): number {
  let hash = length;
  for (let word = at; word < at + length; word++) {
    hash = Math.imul(hash ^ words[word], 0xcc9e2d51);
    hash ^= hash >>> 15;
  }
  return Math.imul(hash, 0x1b873593);
}

/** The words from all places on: [length]. Those that reach beyond the end are of zeros there. */
function foursOf(text: string): Int32Array {
  const fours = new Int32Array(text.length);
  const bytes = Buffer.from(new ArrayBuffer((text.length + 7) & ~3));
  for (let phase = 0; phase < 4; phase++) {
    const words = wordsOf(text.slice(phase), bytes.fill(0));
    for (let at = phase; at < fours.length; at += 4) fours[at] = words[at >>> 2];
  }
  return fours;
}

/** The hashes of the blocks at all places: [places]. */
export function hashesOfAll(text: string, block: number): Int32Array {
  const hashes = new Int32Array(Math.max(0, text.length - block + 1));
  const bytes = Buffer.from(new ArrayBuffer((text.length + 7) & ~3));
  for (let phase = 0; phase < 4; phase++) {
    const words = wordsOf(text.slice(phase), bytes);
    for (let at = phase; at < hashes.length; at += 4) hashes[at] = hashOf(words, at >>> 2, block >>> 2);
  }
  return hashes;
}
