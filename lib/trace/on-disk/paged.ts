/** A file of an index, of which pieces are read. What they mean, `index-format.ts` says. */
import path from "node:path";
import { SummedFile } from "../../base/files/block-sums";
import { decodeUnits, indexFiles, remedyOf, type Header, type IndexFile, type Stored } from "./index-format";

/**
 * Opens all files of an index.
 *
 * @throws BrokenFile where one is not as it was written
 */
export function openAll(folder: string, header: Header): Record<IndexFile, Paged> {
  const open: [IndexFile, Paged][] = [];
  try {
    for (const name of indexFiles) open.push([name, new Paged(folder, name, header)]);
    return Object.fromEntries(open) as Record<IndexFile, Paged>;
  } catch (error) {
    for (const [, file] of open) file.close();
    throw error;
  }
}

export class Paged {
  readonly file: SummedFile;

  /** @throws BrokenFile where it is not as it was written */
  constructor(folder: string, name: IndexFile, { files }: Pick<Header, "files">) {
    this.file = new SummedFile(path.join(folder, name), files[name], remedyOf(folder));
  }

  /** The characters from one place of a stored text up to another. */
  text({ at, width }: Stored, from: number, to: number): string {
    return decodeUnits(this.file.read(at + from * width, (to - from) * width), width);
  }

  /** All of it. */
  all(): Uint32Array {
    return this.numbers({ at: 0, length: this.file.bytes / 4, width: 4 });
  }

  numbers({ at, length, width }: Stored): Uint32Array {
    // A copy, since what is read need not begin where a number may.
    const { buffer } = new Uint8Array(this.file.read(at, length * 4));
    return new Uint32Array(buffer, 0, (length * 4) / width);
  }

  close(): void {
    this.file.close();
  }
}
