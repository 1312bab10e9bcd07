/**
 * Unpacks Zstandard (RFC 8878) from pieces. fzstd unpacks the blocks; it looks at no checksum and takes every size on trust, so
 * that it reads a damaged file as another text. Where frames and blocks begin and end is seen to here, and in `frame.ts`
 * whether what comes out is what was packed.
 */
import { joined } from "../../base/joined-bytes";
import { Frame } from "./frame";
import { frameHeader, headerLength, isFrame, isSkippable, largestBlock, numberIn } from "./header";

/** Reads on, and stops for what it unpacked, or with undefined where more bytes are wanted. */
type Reading<T = void> = Generator<Uint8Array | undefined, T, undefined>;

export class TooMuch extends Error {}

/**
 * @example
 *   const unzstd = new Unzstd();
 *   for (const piece of pieces) yield* unzstd.push(piece);
 *   unzstd.end();
 */
export class Unzstd {
  private readonly reading = this.file();
  /** What was pushed and not read yet. */
  private held: Uint8Array = new Uint8Array(0);
  /** Bytes that were read before. */
  private at = 0;
  private hasEnded = false;
  /** Bytes that were unpacked. */
  private length = 0;

  /** @param most bytes that it may unpack to; any number by default */
  constructor(private readonly most = Infinity) {}

  /**
   * What can be unpacked now, a block at a time: what packs well would be too much at once.
   *
   * @throws TooMuch where it is more than the most, and where the bytes are damaged, or no Zstandard
   */
  *push(piece: Uint8Array): Generator<Uint8Array, void, undefined> {
    this.held = this.held.length > 0 ? joined(this.held, piece) : piece;
    for (let { value } = this.reading.next(); value; { value } = this.reading.next()) yield value;
  }

  /** @throws where more bytes should have come */
  end(): void {
    this.hasEnded = true;
    this.reading.next();
  }

  private *file(): Reading {
    for (let frames = 0; ; frames++) {
      const start = this.at;
      if (frames > 0 && (yield* this.isAtEnd())) return;
      try {
        yield* this.frame();
      } catch (error) {
        if (error instanceof TooMuch) throw error;
        const { message } = error as Error;
        throw new Error(`its Zstandard frame at byte ${start} ${message}`, { cause: error });
      }
    }
  }

  private *frame(): Reading {
    const first = yield* this.take(1);
    const magic = first[0] === 0x28 || first[0] >> 4 === 5 ? joined(first, yield* this.take(3)) : first;
    if (isSkippable(magic)) return yield* this.skip(numberIn(yield* this.take(4)));
    if (!isFrame(magic)) throw new Error("is none: something else stands there");
    const [descriptor] = yield* this.take(1);
    const header = frameHeader(descriptor, yield* this.take(headerLength(descriptor)));
    if (this.length + (header.contentSize ?? 0) > this.most) throw new TooMuch();
    const frame = new Frame(header);
    const most = Math.min(header.window, largestBlock);
    for (let isLast = false; !isLast;) {
      const blockHeader = yield* this.take(3);
      const number = numberIn(blockHeader);
      const [type, size] = [(number >> 1) & 3, number >> 3];
      if (type === 3 || size > most || (type === 2 && size < 2))
        throw new Error("is damaged: it has a block of no kind or size that there is");
      isLast = (number & 1) === 1;
      const content = yield* this.take(type === 1 ? 1 : size);
      for (const piece of frame.unpack(joined(blockHeader, content), isLast)) {
        if ((this.length += piece.length) > this.most) throw new TooMuch();
        yield piece;
      }
    }
    if (header.hasChecksum) frame.check(numberIn(yield* this.take(4)));
  }

  private *skip(length: number): Reading {
    for (let left = length; left > 0;) left -= (yield* this.take(Math.min(left, largestBlock))).length;
  }

  /** The next bytes, as many as that. */
  private *take(length: number): Reading<Uint8Array> {
    while (this.held.length < length) {
      if (this.hasEnded) throw new Error(`breaks off, ${this.at + this.held.length} bytes into the file`);
      yield undefined;
    }
    const taken = this.held.subarray(0, length);
    this.held = this.held.subarray(length);
    this.at += length;
    return taken;
  }

  private *isAtEnd(): Reading<boolean> {
    while (this.held.length === 0 && !this.hasEnded) yield undefined;
    return this.held.length === 0;
  }
}
