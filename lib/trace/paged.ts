/** A file of an index, of which pieces are read. What they mean, `index-format.ts` says. */
import { closeSync, openSync, readSync } from "node:fs";
import { decodeUnits, type Stored } from "./index-format";

export class Paged {
  private readonly descriptor: number;

  constructor(readonly file: string) {
    this.descriptor = openSync(file, "r");
  }

  /** Fills the first `length` bytes of `into` from a place of the file on. */
  read(into: Uint8Array, at: number, length = into.length): void {
    for (let done = 0; done < length;) {
      const count = readSync(this.descriptor, into, done, length - done, at + done);
      if (count === 0) throw new Error(`Expected ${length} bytes at ${at} in ${this.file}, found its end`);
      done += count;
    }
  }

  /** The characters from one place of a stored text up to another. */
  text({ at, width }: Stored, from: number, to: number): string {
    const bytes = Buffer.allocUnsafe((to - from) * width);
    this.read(bytes, at + from * width);
    return decodeUnits(bytes, width);
  }

  numbers({ at, length, width }: Stored): Uint32Array {
    const numbers = new Uint32Array(length);
    this.read(new Uint8Array(numbers.buffer), at);
    return numbers.subarray(0, (length * 4) / width);
  }

  close(): void {
    closeSync(this.descriptor);
  }
}
