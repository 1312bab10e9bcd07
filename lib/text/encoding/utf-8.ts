/** Where the characters of UTF-8 begin and end, of which some may be broken. */
import { joined } from "../../base/joined-bytes";

/**
 * The bytes of the well-formed character at `at`, 1 to 4; or else, below 0, how many bytes one U+FFFD stands for (Unicode
 * 3.9, table 3-7, and the practice of maximal subparts).
 */
export function sequenceAt(bytes: Uint8Array, at: number): number {
  const first = bytes[at];
  if (first < 0x80) return 1;
  const needed = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  if (needed === 0) return -1;
  const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  for (let index = 1; index < needed; index++) {
    const byte = bytes[at + index];
    const isNext = index === 1 ? byte >= low && byte <= high : byte >= 0x80 && byte <= 0xbf;
    if (!isNext) return -index;
  }
  return needed;
}

/** How many bytes at the end begin a character that may go on behind them. */
export function unfinished(bytes: Uint8Array): number {
  for (let count = 1; count <= Math.min(3, bytes.length); count++) {
    const at = bytes.length - count;
    if (bytes[at] >= 0xc2) return sequenceAt(bytes, at) === -count && needs(bytes[at]) > count ? count : 0;
    if (bytes[at] < 0x80) return 0;
  }
  return 0;
}

function needs(first: number): number {
  return first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
}

/** Cuts a stream of bytes where no character of UTF-8 is cut. */
export class WholeCharacters {
  private held: Uint8Array = new Uint8Array(0);

  /** @param chunk the next bytes; none at the end */
  next(chunk?: Uint8Array): Uint8Array {
    const bytes =
      this.held.length === 0 ? (chunk ?? this.held) : joined(this.held, chunk ?? new Uint8Array(0));
    const cut = chunk ? bytes.length - unfinished(bytes) : bytes.length;
    this.held = bytes.slice(cut);
    return bytes.subarray(0, cut);
  }
}
