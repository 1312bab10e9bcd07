/**
 * XXH64, the checksum of Zstandard (xxHash's specification 0.1.1, seed 0), of bytes that come in pieces. Packages compile it
 * to WebAssembly, which is there only after a wait, and a file that is read whole is read without one.
 */
const prime1 = 0x9e3779b185ebca87n;
const prime2 = 0xc2b2ae3d27d4eb4fn;
const prime3 = 0x165667b19e3779f9n;
const prime4 = 0x85ebca77c2b2ae63n;
const prime5 = 0x27d4eb2f165667c5n;

/** Bytes that are mixed in one step: four lanes of eight. */
const stripe = 32;

export class Xxh64 {
  private readonly lanes = [cut(prime1 + prime2), prime2, 0n, cut(-prime1)];
  private readonly held = new Uint8Array(stripe);
  private heldLength = 0;
  private length = 0;

  update(bytes: Uint8Array): void {
    let at = 0;
    this.length += bytes.length;
    if (this.heldLength > 0) {
      at = Math.min(stripe - this.heldLength, bytes.length);
      this.held.set(bytes.subarray(0, at), this.heldLength);
      this.heldLength += at;
      if (this.heldLength < stripe) return;
      this.mix(this.held);
    }
    const end = bytes.length - ((bytes.length - at) % stripe);
    this.mix(bytes.subarray(at, end));
    this.held.set(bytes.subarray(end));
    this.heldLength = bytes.length - end;
  }

  /** The hash of all bytes so far. */
  digest(): bigint {
    let hash = this.length < stripe ? prime5 : this.joined();
    hash = cut(hash + BigInt(this.length));
    const rest = new DataView(this.held.buffer, 0, this.heldLength);
    let at = 0;
    for (; at + 8 <= rest.byteLength; at += 8) {
      const round = mixed(0n, rest.getBigUint64(at, true));
      hash = cut(cut(rotated(hash ^ round, 27n) * prime1) + prime4);
    }
    if (at + 4 <= rest.byteLength) {
      const word = cut(BigInt(rest.getUint32(at, true)) * prime1);
      hash = cut(cut(rotated(hash ^ word, 23n) * prime2) + prime3);
      at += 4;
    }
    for (; at < rest.byteLength; at++)
      hash = cut(rotated(hash ^ cut(BigInt(rest.getUint8(at)) * prime5), 11n) * prime1);
    hash = cut((hash ^ (hash >> 33n)) * prime2);
    hash = cut((hash ^ (hash >> 29n)) * prime3);
    return hash ^ (hash >> 32n);
  }

  /** The four lanes as one. */
  private joined(): bigint {
    const [one, two, three, four] = this.lanes;
    const sum = cut(rotated(one, 1n) + rotated(two, 7n) + rotated(three, 12n) + rotated(four, 18n));
    return this.lanes.reduce((hash, lane) => cut(cut((hash ^ mixed(0n, lane)) * prime1) + prime4), sum);
  }

  /** @param stripes whole ones */
  private mix(stripes: Uint8Array): void {
    const view = new DataView(stripes.buffer, stripes.byteOffset, stripes.byteLength);
    this.lanes.forEach((value, lane) => (this.lanes[lane] = mixedAll(value, view, 8 * lane)));
  }
}

/** A lane after one more number. */
function mixed(lane: bigint, number: bigint): bigint {
  return cut(rotated(cut(lane + cut(number * prime2)), 31n) * prime1);
}

/**
 * A lane after its number of each stripe: `mixed` again and again, in halves of 32 bits and their products of 16 by 16, for
 * BigInts would take ten times as long.
 *
 * @param from where its first number is
 */
function mixedAll(lane: bigint, view: DataView, from: number): bigint {
  let high = Number(lane >> 32n) | 0;
  let low = Number(lane & 0xffffffffn) | 0;
  for (let at = from; at < view.byteLength; at += stripe) {
    const numberLow = view.getInt32(at, true);
    const numberHigh = view.getInt32(at + 4, true);
    const addedLow = Math.imul(numberLow, 0x27d4eb4f);
    const addedHigh =
      upper(numberLow, 0x27d4, 0xeb4f) + Math.imul(numberLow, 0xc2b2ae3d) + Math.imul(numberHigh, 0x27d4eb4f);
    const carried = (low >>> 0) + (addedLow >>> 0) > 0xffffffff ? 1 : 0;
    const sumLow = (low + addedLow) | 0;
    const sumHigh = (high + addedHigh + carried) | 0;
    const turnedHigh = (sumHigh << 31) | (sumLow >>> 1);
    const turnedLow = (sumLow << 31) | (sumHigh >>> 1);
    low = Math.imul(turnedLow, 0x85ebca87);
    high =
      (upper(turnedLow, 0x85eb, 0xca87) +
        Math.imul(turnedLow, 0x9e3779b1) +
        Math.imul(turnedHigh, 0x85ebca87)) |
      0;
  }
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
}

/** The upper 32 of the 64 bits of a product, modulo 2^32; the second factor comes in two halves of 16. */
function upper(factor: number, otherHigh: number, otherLow: number): number {
  const high = factor >>> 16;
  const low = factor & 0xffff;
  const one = Math.imul(high, otherLow);
  const other = Math.imul(low, otherHigh);
  const middle = (Math.imul(low, otherLow) >>> 16) + (one & 0xffff) + (other & 0xffff);
  return (Math.imul(high, otherHigh) + (one >>> 16) + (other >>> 16) + (middle >>> 16)) | 0;
}

/** To the left. */
function rotated(value: bigint, bits: bigint): bigint {
  return cut(value << bits) | (value >> (64n - bits));
}

/** Modulo 2^64. */
function cut(value: bigint): bigint {
  return BigInt.asUintN(64, value);
}
