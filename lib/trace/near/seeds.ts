/**
 * The seeds of a sample: its pieces of some characters, by a hash that rolls on, each with what stands beside it. So of most
 * pairs of equal seeds in sample and text it is told from a few numbers that no pair of runs with enough matches has them.
 */
import type { RunLayout } from "./layout";

/** What spreads a hash over all bits. */
const spread = 0x9e3779b1;

/** Numbers for each place of the sample: itself, the two characters beside its seed, four that follow these, four before them. */
const width = 4;

/** Numbers for each slot; a power of two, so that those of one lie beside each other in a cache. */
const slotWidth = 4;

export class Seeds {
  private readonly length: number;
  /** A bit for the upper bits of a spread hash, 1 where the sample has such a seed; small enough for a near cache. */
  private readonly bits: Int32Array;
  private readonly bitShift: number;
  /** The hash of each slot, and where in `places` its places begin and end, the same where a slot is free: [slots, slotWidth]. */
  private readonly slots: Int32Array;
  private readonly slotShift: number;
  /** The places of the sample, those of one hash beside each other: [places, width]. */
  private readonly places: Int32Array;
  /**
   * What stands beyond the ends of the sample, and what stands in the text in its place and beyond its ends; the sample
   * has neither.
   */
  private readonly outside: number;
  private readonly elsewhere: number;
  /** Which of four characters must be the same after an edit beside a run that is longer than a seed by 0, 1 and 2. */
  private readonly masks: readonly number[];

  /** @param begin of those seeds that begin in [begin, end) of the sample */
  constructor(
    sample: Uint16Array,
    { begin, end }: { readonly begin: number; readonly end: number },
    { seed: length, pair }: Pick<RunLayout, "seed" | "pair">,
  ) {
    this.length = length;
    this.masks = [0, 1, 2].map((more) => maskOf(Math.min(4, pair - length) - more));
    [this.outside, this.elsewhere] = twoNotIn(sample);
    const count = Math.max(0, Math.min(end, sample.length - length + 1) - begin);
    const size = Math.max(8, Math.ceil(Math.log2(2 * count + 1)));
    this.slotShift = 32 - size;
    this.bitShift = Math.max(0, 32 - size - 4);
    this.bits = new Int32Array(2 ** (32 - this.bitShift - 5));
    this.slots = new Int32Array(slotWidth * 2 ** size);
    this.places = new Int32Array(width * count);
    const { bits, bitShift, slots, places } = this;
    const slotOf = new Int32Array(count);
    const { shift, mask } = bitsOf(length);
    let hash = 0;
    for (let last = begin; count > 0 && last < begin + count + length - 1; last++) {
      hash = ((hash << shift) ^ sample[last]) & mask;
      const index = last - length + 1 - begin;
      if (index < 0) continue;
      const bit = Math.imul(hash, spread) >>> bitShift;
      bits[bit >>> 5] |= 1 << bit;
      const slot = this.slotFor(hash);
      slots[slot] = hash;
      slots[slot + 2] += width;
      slotOf[index] = slot;
    }
    let filled = 0;
    for (let slot = 0; slot < slots.length; slot += slotWidth) {
      const own = slots[slot + 2];
      slots[slot + 1] = slots[slot + 2] = filled;
      filled += own;
    }
    slotOf.forEach((slot, index) => {
      places.set(this.placeOf(sample, begin + index), slots[slot + 2]);
      slots[slot + 2] += width;
    });
  }

  /** The slot of a hash: one that is free while none has been taken for it. */
  private slotFor(hash: number): number {
    const { slots, slotShift } = this;
    let slot = (Math.imul(hash, spread) >>> slotShift) * slotWidth;
    while (slots[slot + 2] > 0 && slots[slot] !== hash) slot = (slot + slotWidth) & (slots.length - 1);
    return slot;
  }

  private placeOf(sample: Uint16Array, at: number): number[] {
    const [before, next] = [at - 1, at + this.length];
    const beside = ((sample[before] ?? this.outside) << 16) | (sample[next] ?? this.outside);
    const four = (first: number, step: 1 | -1) =>
      [3, 2, 1, 0].reduce((all, index) => (all << 8) | (sample[first + step * index] & 0xff), 0);
    return [at, beside, four(next + 1, 1), four(before - 1, -1)];
  }

  /**
   * Calls `found` for pairs of places at which text and sample have the same seed (or only the same hash), in the order of the
   * text: for all that end a run which may be the longer one of a pair with enough matches, and for few others.
   *
   * @returns whether the pairs with the same hash were not more than `most`; otherwise some were not looked at
   */
  forEachRun(text: Uint16Array, most: number, found: (inSample: number, inText: number) => void): boolean {
    let left = most;
    const { length, bits, bitShift, slots, slotShift, places } = this;
    const { outside, elsewhere } = this;
    const [mask0, mask1, mask2] = this.masks;
    const lastSlot = slots.length - 1;
    const { shift, mask: hashMask } = bitsOf(length);
    let hash = 0;
    for (let at = 0; at < Math.min(length - 1, text.length); at++) hash = (hash << shift) ^ text[at];
    // Four characters of the text each, the nearest in the lowest bits: behind the seed, and behind the one that follows it …
    let aheadOfNext = [3, 2, 1, 0].reduce((all, index) => (all << 8) | (text[length + index] & 0xff), 0);
    // … before it, and before the one that it follows.
    let back = 0;
    for (let end = length - 1; end < text.length; end++) {
      hash = ((hash << shift) ^ text[end]) & hashMask;
      const ahead = aheadOfNext;
      aheadOfNext = (ahead >>> 8) | (end + 5 < text.length ? text[end + 5] << 24 : 0);
      const backOfLast = back;
      if (end >= length) back = (back << 8) | (text[end - length] & 0xff);
      const mixed = Math.imul(hash, spread);
      const bit = mixed >>> bitShift;
      if (((bits[bit >>> 5] >>> bit) & 1) === 0) continue;
      let slot = (mixed >>> slotShift) * slotWidth;
      while (slots[slot] !== hash && slots[slot + 1] < slots[slot + 2]) slot = (slot + slotWidth) & lastSlot;
      const first = slots[slot + 1];
      const last = slots[slot + 2];
      if ((left -= (last - first) / width) < 0) return false;
      let next = end + 1 < text.length ? text[end + 1] : elsewhere;
      if (next === outside) next = elsewhere;
      let sooner = end >= length ? text[end - length] : elsewhere;
      if (sooner === outside) sooner = elsewhere;
      const beside = (sooner << 16) | next;
      for (let at = first; at < last; at += width) {
        const differs = places[at + 1] ^ beside;
        if ((differs & 0xffff) === 0) continue; // The run goes on; its last seed is yet to come.
        const before = places[at + 3];
        const isLonger = differs >>> 16 === 0;
        const alike = before ^ backOfLast;
        // By how many characters the run is longer than a seed: by two at the most, or it needs no other.
        const more = isLonger ? ((alike & 0xff) === 0 ? 2 : 1) : 0;
        const mask = more === 0 ? mask0 : more === 1 ? mask1 : mask2;
        const passed = 8 * (more - 1);
        const after = places[at + 2];
        if (
          (isLonger && (alike & 0xffff) === 0) ||
          isNext(after, (after << 8) | (places[at + 1] & 0xff), aheadOfNext, ahead, mask) ||
          isNext(
            before >>> (passed + 8),
            more === 0 ? (before << 8) | ((places[at + 1] >>> 16) & 0xff) : before >>> passed,
            backOfLast >>> (passed + 8),
            more === 0 ? back : backOfLast >>> passed,
            mask,
          )
        )
          found(places[at], end - length + 1);
      }
    }
    return true;
  }
}

/**
 * Whether characters of sample and text are the same after one edit: a replaced one, one put in, or one left out.
 *
 * @param own four of the sample, without the nearest one
 * @param ownNear with it; and so the text's
 */
function isNext(own: number, ownNear: number, text: number, textNear: number, mask: number): boolean {
  return ((own ^ text) & mask) === 0 || ((own ^ textNear) & mask) === 0 || ((ownNear ^ text) & mask) === 0;
}

/** What shows the first characters of four, so many of them. */
function maskOf(characters: number): number {
  return characters >= 4 ? -1 : 2 ** (8 * Math.max(0, characters)) - 1;
}

/** Two numbers of which a sample has neither. */
function twoNotIn(sample: Uint16Array): [number, number] {
  const known = new Uint8Array(0x10000);
  for (const number of sample) known[number] = 1;
  const first = known.indexOf(0);
  return [first, known.indexOf(0, first + 1)];
}

/**
 * How far a hash moves for each character, and which of its bits count: those that belong to the characters of a seed. Bits of
 * characters overlap where they need more; then different seeds may have one hash, which is noticed when they are looked at.
 */
function bitsOf(length: number): { shift: number; mask: number } {
  const shift = Math.min(16, Math.floor(32 / length));
  return { shift, mask: shift * length === 32 ? -1 : 2 ** (shift * length) - 1 };
}
