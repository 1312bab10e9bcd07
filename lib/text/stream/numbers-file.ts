/** A file of numbers, written from its beginning to its end. */
import { closeSync, ftruncateSync, openSync, writeSync } from "node:fs";
import { numbersOf, type Width } from "./numbers-in-bytes";

const gathered = 2 ** 19;

export class NumbersFile {
  private readonly descriptor: number;
  private readonly bytes: Buffer;
  private readonly numbers: Uint16Array | Int32Array;
  private filled = 0;
  /** Numbers that are in the file. */
  private written = 0;

  constructor(
    file: string,
    private readonly width: Width,
  ) {
    this.descriptor = openSync(file, "w");
    this.bytes = Buffer.from(new ArrayBuffer(gathered * width));
    this.numbers = numbersOf(this.bytes, width);
  }

  /** How many numbers there are. */
  get length(): number {
    return this.written + this.filled;
  }

  /** Adds the first `count` of some numbers. */
  add(numbers: Int32Array, count = numbers.length): void {
    for (let from = 0; from < count;) {
      const room = Math.min(count - from, gathered - this.filled);
      this.numbers.set(numbers.subarray(from, from + room), this.filled);
      from += room;
      this.filled += room;
      if (this.filled === gathered) this.flush();
    }
  }

  /** Takes off what was added behind a place. */
  cutTo(length: number): void {
    this.flush();
    ftruncateSync(this.descriptor, length * this.width);
    this.written = length;
  }

  close(): void {
    this.flush();
    closeSync(this.descriptor);
  }

  private flush(): void {
    const bytes = this.filled * this.width;
    const at = this.written * this.width;
    for (let done = 0; done < bytes;)
      done += writeSync(this.descriptor, this.bytes, done, bytes - done, at + done);
    this.written += this.filled;
    this.filled = 0;
  }
}
