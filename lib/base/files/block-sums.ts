/**
 * Large files of which pieces are read here and there. Behind what such a file holds stands a checksum of each of its blocks,
 * and a block is compared with its own when it is read for the first time: so a file is open at once however large it is, and
 * nothing comes of it that is not as it was written.
 */
import { closeSync, fstatSync, openSync, read, readSync, writeSync } from "node:fs";
import { BrokenFile, crc32, digits } from "./checksum";
import { openOwn } from "./read-safely";

/** What whoever opens such a file must know of it, from another place. */
export interface Sums {
  /** What it holds, without the checksums. */
  readonly bytes: number;
  /** Of the list of checksums. */
  readonly crc32: string;
}

/** Bytes of a block. */
const block = 4096;

/** Bytes that are read in one go to make the checksums: a whole number of blocks. */
const chunk = 2 ** 20;

/** Puts the checksums of its blocks behind what a file holds. */
export function appendSums(file: string): Sums {
  const descriptor = openSync(file, "r+");
  try {
    const { size: bytes } = fstatSync(descriptor);
    const list = new Uint32Array(Math.ceil(bytes / block));
    const some = Buffer.allocUnsafe(Math.min(chunk, bytes));
    for (let at = 0; at < bytes; at += some.length) {
      const length = Math.min(some.length, bytes - at);
      for (let done = 0; done < length;) {
        const count = readSync(descriptor, some, done, length - done, at + done);
        if (count === 0) throw new BrokenFile(file, "it ends early", "Something else writes there.");
        done += count;
      }
      for (let start = 0; start < length; start += block)
        list[(at + start) / block] = crc32(some.subarray(start, Math.min(length, start + block)));
    }
    const sums = new Uint8Array(list.buffer);
    for (let done = 0; done < sums.length;)
      done += writeSync(descriptor, sums, done, sums.length - done, bytes + done);
    return { bytes, crc32: digits(crc32(sums)) };
  } finally {
    closeSync(descriptor);
  }
}

export class SummedFile {
  /** Without the checksums. */
  readonly bytes: number;
  private readonly descriptor: number;
  private readonly sums: Uint32Array;
  /** 1 for each block that was compared with its checksum. */
  private readonly isChecked: Uint8Array;

  /**
   * @param remedy what leads on where the file is broken, as a sentence
   * @throws BrokenFile where it has another size, or its checksums are broken
   */
  constructor(
    readonly file: string,
    { bytes, crc32: expected }: Sums,
    private readonly remedy: string,
  ) {
    const { descriptor, size } = openOwn(file, remedy);
    this.descriptor = descriptor;
    this.bytes = bytes;
    try {
      const blocks = Math.ceil(bytes / block);
      if (!(bytes >= 0) || size !== bytes + 4 * blocks)
        throw this.broken(`it has ${size} bytes instead of ${bytes + 4 * blocks}`);
      const list = Buffer.from(new ArrayBuffer(4 * blocks));
      this.fill(list, bytes);
      if (digits(crc32(list)) !== expected) throw this.broken("the checksums at its end are damaged");
      this.sums = new Uint32Array(list.buffer);
      this.isChecked = new Uint8Array(blocks);
    } catch (error) {
      closeSync(descriptor);
      throw error;
    }
  }

  /**
   * @param length bytes from the place `at` on
   * @throws BrokenFile where they are not as they were written, or the file does not hold so many
   */
  read(at: number, length: number): Buffer {
    const { from, to, known } = this.around(at, length);
    const bytes = Buffer.from(new ArrayBuffer(to - from));
    this.fill(bytes, from);
    if (!known) this.check(bytes, from);
    return bytes.subarray(at - from, at - from + length);
  }

  /** The same, into the first bytes of what is there already. */
  readInto(into: Uint8Array, at: number, length: number): void {
    if (this.around(at, length).known) this.fill(into.subarray(0, length), at);
    else into.set(this.read(at, length));
  }

  /** The same, in the background. Callbacks, because a batch makes some hundred calls, and promises cost more. */
  readLater(at: number, length: number, then: (error: Error | null, bytes: Buffer) => void): void {
    let bytes = Buffer.alloc(0);
    const attempt = (work: () => void) => {
      try {
        work();
      } catch (error) {
        then(error as Error, bytes);
      }
    };
    attempt(() => {
      const { from, to, known } = this.around(at, length);
      bytes = Buffer.from(new ArrayBuffer(to - from));
      const finish = () => {
        if (!known) this.check(bytes, from);
        then(null, bytes.subarray(at - from, at - from + length));
      };
      const goOn = (done: number) => {
        if (done === bytes.length) finish();
        else
          read(this.descriptor, bytes, done, bytes.length - done, from + done, (error, count) =>
            attempt(() => {
              if (error) throw error;
              goOn(done + this.some(count));
            }),
          );
      };
      goOn(0);
    });
  }

  close(): void {
    closeSync(this.descriptor);
  }

  /** Where to read from, and up to where: whole blocks, as long as one of them was not compared with its checksum. */
  private around(at: number, length: number): { from: number; to: number; known: boolean } {
    if (!(at >= 0 && length >= 0 && at + length <= this.bytes))
      throw this.broken(`bytes ${at} to ${at + length} are asked for, and it has ${this.bytes}`);
    const first = Math.floor(at / block);
    const end = Math.ceil((at + length) / block);
    for (let index = first; index < end; index++)
      if (this.isChecked[index] === 0)
        return { from: first * block, to: Math.min(this.bytes, end * block), known: false };
    return { from: at, to: at + length, known: true };
  }

  /** @param from where in the file the bytes begin, which are whole blocks */
  private check(bytes: Buffer, from: number): void {
    for (let start = 0; start < bytes.length; start += block) {
      const index = (from + start) / block;
      if (this.isChecked[index] === 1) continue;
      if (crc32(bytes.subarray(start, start + block)) !== this.sums[index])
        throw this.broken(`some of its bytes ${from + start} to ${from + start + block} are damaged`);
      this.isChecked[index] = 1;
    }
  }

  private fill(into: Uint8Array, at: number): void {
    for (let done = 0; done < into.length;)
      done += this.some(readSync(this.descriptor, into, done, into.length - done, at + done));
  }

  private some(count: number): number {
    if (count > 0) return count;
    throw this.broken("it ends early");
  }

  private broken(what: string): BrokenFile {
    return new BrokenFile(this.file, what, this.remedy);
  }
}
