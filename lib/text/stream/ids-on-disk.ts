/** Numbers that are read from a file where they are asked for. */
import type { SummedFile } from "../../base/files/block-sums";
import type { Ids } from "../stored";
import { numbersOf, type Width } from "./numbers-in-bytes";

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
    private readonly file: SummedFile,
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
