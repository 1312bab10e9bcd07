/** A file of an index while it is written. */
import { closeSync, openSync, writeSync } from "node:fs";
import { encodeUnits, type Stored } from "./index-format";

/** A file that is written from its beginning to its end. */
export class WrittenFile {
  private readonly descriptor: number;
  private length = 0;

  constructor(file: string) {
    this.descriptor = openSync(file, "w");
  }

  /** @returns where in the file the bytes begin */
  write(bytes: Uint8Array): number {
    for (let done = 0; done < bytes.length;) done += writeSync(this.descriptor, bytes, done);
    return (this.length += bytes.length) - bytes.length;
  }

  text(content: string): Stored {
    const { bytes, width } = encodeUnits(content);
    return { at: this.write(bytes), length: content.length, width };
  }

  /** Lists of numbers, one behind another. */
  numbers(lists: readonly ArrayLike<number>[]): Stored {
    let at: number | undefined;
    for (const values of lists) {
      const begin = this.write(bytesOf(Uint32Array.from(values)));
      at ??= begin;
    }
    return { at: at ?? 0, length: lists.reduce((sum, { length }) => sum + length, 0), width: 4 };
  }

  close(): void {
    closeSync(this.descriptor);
  }
}

/** The bytes of numbers, in the order of this machine, in the memory that they share. */
export function bytesOf(numbers: Int32Array | Uint32Array): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}
