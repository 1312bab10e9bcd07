/** The seeds of a sample: its pieces of some characters, by a hash that rolls on, and where each stands. */

/** What spreads a hash over all bits. */
const spread = 0x9e3779b1;

export class Seeds {
  /** A bit for the upper bits of a spread hash, 1 where the sample has such a seed; small enough for a near cache. */
  readonly bits: Int32Array;
  readonly bitShift: number;
  /** The hash of each slot, and where in `places` its places begin and end, the same where a slot is free: [slots]. */
  readonly hashes: Int32Array;
  readonly begins: Int32Array;
  readonly ends: Int32Array;
  readonly slotShift: number;
  /** The places of the sample, those of one hash beside each other: [places]. */
  readonly places: Int32Array;

  constructor(
    sample: Uint16Array,
    readonly length: number,
  ) {
    const count = Math.max(0, sample.length - length + 1);
    const size = Math.max(8, Math.ceil(Math.log2(4 * count + 1)));
    this.slotShift = 32 - size;
    this.bitShift = Math.max(0, 32 - size - 2);
    this.bits = new Int32Array(2 ** (32 - this.bitShift - 5));
    [this.hashes, this.begins, this.ends] = [0, 1, 2].map(() => new Int32Array(2 ** size));
    this.places = new Int32Array(count);
    const slots = new Int32Array(count);
    const { shift, mask } = bitsOf(length);
    let hash = 0;
    for (let end = 0; end < sample.length; end++) {
      hash = ((hash << shift) ^ sample[end]) & mask;
      const at = end - length + 1;
      if (at < 0) continue;
      const bit = Math.imul(hash, spread) >>> this.bitShift;
      this.bits[bit >>> 5] |= 1 << bit;
      slots[at] = this.slotFor(hash);
      this.hashes[slots[at]] = hash;
      this.ends[slots[at]]++;
    }
    let end = 0;
    this.ends.forEach((own, slot) => {
      this.begins[slot] = this.ends[slot] = end;
      end += own;
    });
    slots.forEach((slot, at) => (this.places[this.ends[slot]++] = at));
  }

  /** The slot of a hash: one that is free while none has been taken for it. */
  private slotFor(hash: number): number {
    const last = this.hashes.length - 1;
    let slot = Math.imul(hash, spread) >>> this.slotShift;
    while (this.ends[slot] > 0 && this.hashes[slot] !== hash) slot = (slot + 1) & last;
    return slot;
  }

  /**
   * Calls `found` for all pairs of places at which text and sample have the same seed (or only the same hash), in the order of
   * the text.
   *
   * @returns whether these were not more than `most`; otherwise some were not told
   */
  forEachHit(text: Uint16Array, most: number, found: (inSample: number, inText: number) => void): boolean {
    let left = most;
    const { length, bits, bitShift, hashes, begins, ends, slotShift, places } = this;
    const lastSlot = hashes.length - 1;
    const { shift, mask } = bitsOf(length);
    let hash = 0;
    for (let end = 0; end < Math.min(length - 1, text.length); end++) hash = (hash << shift) ^ text[end];
    for (let end = length - 1; end < text.length; end++) {
      hash = ((hash << shift) ^ text[end]) & mask;
      const mixed = Math.imul(hash, spread);
      const bit = mixed >>> bitShift;
      if (((bits[bit >>> 5] >>> bit) & 1) === 1) {
        let slot = mixed >>> slotShift;
        while (begins[slot] < ends[slot] && hashes[slot] !== hash) slot = (slot + 1) & lastSlot;
        if ((left -= ends[slot] - begins[slot]) < 0) return false;
        for (let index = begins[slot], last = ends[slot]; index < last; index++)
          found(places[index], end - length + 1);
      }
    }
    return true;
  }
}

/**
 * How far a hash moves for each character, and which of its bits count: those that belong to the characters of a seed. Bits of
 * characters overlap where they need more; then different seeds may have one hash, which is noticed when they are looked at.
 */
function bitsOf(length: number): { shift: number; mask: number } {
  const shift = Math.min(16, Math.floor(32 / length));
  return { shift, mask: shift * length === 32 ? -1 : 2 ** (shift * length) - 1 };
}
