/**
 * A first look at a text that passes over what is not copied, by hashes of the sample's pieces (after Karp and Rabin
 * 1987). A hash may be right by chance: whether there is a copy is for `stream.ts` to say.
 *
 * Every window of `minLength` characters holds exactly one of the blocks that stand at `stride`, 2 `stride`, 3 `stride`, …
 * So only these are looked up, and where one is known, the windows around it.
 */
export class Sieve {
  /** Half and a little more of a window: longer blocks are rarer in the sample, shorter ones lie further apart. */
  private readonly block: number;
  private readonly stride: number;
  /** What the first character of a window adds to its hash. */
  private readonly first: number;
  /** A bit a hash, 1 where a piece of the sample has it; so many that few are 1 by chance. */
  private readonly bits: Int32Array;
  private readonly shift: number;

  /** @param minLength at least 1, in UTF-16 units as all lengths here */
  constructor(
    sample: string,
    readonly minLength: number,
  ) {
    this.block = Math.ceil(0.6 * minLength);
    this.stride = minLength - this.block + 1;
    this.first = 1;
    for (let length = 1; length < minLength; length++) this.first = Math.imul(this.first, base);
    const size = Math.min(30, Math.ceil(Math.log2(256 * (sample.length + 1))));
    this.shift = 32 - size;
    this.bits = new Int32Array(2 ** (size - 5));
    for (const length of [this.block, minLength]) {
      for (let at = 0; at + length <= sample.length; at++) this.add(hash(sample, at, at + length));
    }
  }

  /** The first place at or after `from` where a window of the sample may stand, or -1. */
  next(text: string, from: number): number {
    const { block, stride } = this;
    for (let at = from + stride - 1; at + block <= text.length; at += stride) {
      if (!this.has(hash(text, at, at + block))) continue;
      const start = this.window(text, at - stride + 1, at);
      if (start !== -1) return start;
    }
    return -1;
  }

  /** The first window of the sample that starts between two places, both included, or -1. */
  private window(text: string, from: number, to: number): number {
    const { minLength, first } = this;
    const last = Math.min(to, text.length - minLength);
    let rolling = from <= last ? hash(text, from, from + minLength) : 0;
    for (let start = from; start <= last; start++) {
      if (this.has(rolling)) return start;
      const rest = rolling - Math.imul(text.charCodeAt(start), first);
      rolling = (Math.imul(rest, base) + text.charCodeAt(start + minLength)) | 0;
    }
    return -1;
  }

  private add(value: number): void {
    const bit = mix(value) >>> this.shift;
    this.bits[bit >>> 5] |= 1 << bit;
  }

  private has(value: number): boolean {
    const bit = mix(value) >>> this.shift;
    return ((this.bits[bit >>> 5] >>> bit) & 1) === 1;
  }
}

/** 2^32 divided by the golden ratio, the multiplier of Knuth, TAOCP 3, section 6.4. */
const base = 0x9e3779b1;

/** The polynomial in `base` whose coefficients are the characters, modulo 2^32. */
function hash(text: string, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at++) value = (Math.imul(value, base) + text.charCodeAt(at)) | 0;
  return value;
}

/** Brings the differences between hashes into their upper bits. */
function mix(value: number): number {
  return Math.imul(value ^ (value >>> 15), 0x85ebca6b);
}
