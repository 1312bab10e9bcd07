/** Numbers that are read from a file where they are asked for. */
import { closeSync, openSync, read, readSync } from "node:fs";
import type { Ids } from "../stored";
import { numbersOf, type Width } from "./format";

/** An open file. */
export class OpenFile {
  private readonly descriptor: number;

  constructor(private readonly file: string) {
    this.descriptor = openSync(file, "r");
  }

  /** @throws where the file ends before */
  read(at: number, length: number): Buffer {
    const bytes = Buffer.from(new ArrayBuffer(length));
    for (let done = 0; done < length;)
      done += this.checked(readSync(this.descriptor, bytes, done, length - done, at + done));
    return bytes;
  }

  /** The same, in the background. Callbacks, because a batch makes some hundred calls, and promises cost more. */
  readLater(at: number, length: number, then: (error: Error | null, bytes: Buffer) => void): void {
    const bytes = Buffer.from(new ArrayBuffer(length));
    const goOn = (done: number) => {
      read(this.descriptor, bytes, done, length - done, at + done, (error, count) => {
        try {
          if (error) throw error;
          const read = done + this.checked(count);
          if (read === length) then(null, bytes);
          else goOn(read);
        } catch (problem) {
          then(problem as Error, bytes);
        }
      });
    };
    goOn(0);
  }

  close(): void {
    closeSync(this.descriptor);
  }

  private checked(count: number): number {
    if (count > 0) return count;
    throw new Error(`Expected more in ${this.file}, found its end: something has changed it`);
  }
}

/** Where numbers stand in a file. */
export interface Stretch {
  readonly width: Width;
  /** Numbers before the first. */
  readonly at: number;
  readonly length: number;
}

export class IdsOnDisk implements Ids {
  readonly length: number;

  /** @param table the id of each number of the file; without one they are ids themselves */
  constructor(
    private readonly file: OpenFile,
    private readonly stretch: Stretch,
    private readonly table?: Int32Array,
  ) {
    this.length = stretch.length;
  }

  subarray(start: number, end: number): ArrayLike<number> {
    const { at, width } = this.stretch;
    return this.idsOf(this.file.read((at + start) * width, (end - start) * width));
  }

  read(start: number, end: number): Promise<ArrayLike<number>> {
    const { at, width } = this.stretch;
    return new Promise((resolve, reject) => {
      this.file.readLater((at + start) * width, (end - start) * width, (error, bytes) =>
        error ? reject(error) : resolve(this.idsOf(bytes)),
      );
    });
  }

  private idsOf(bytes: Buffer): ArrayLike<number> {
    const { table, stretch } = this;
    const numbers = numbersOf(bytes, stretch.width);
    return table ? Int32Array.from(numbers, (number) => table[number]) : numbers;
  }
}
