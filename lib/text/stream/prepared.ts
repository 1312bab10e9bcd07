/** What a folder of prepared texts says, where it is as it was written; what stands in it is in `format.ts`. */
import path from "node:path";
import { SummedFile, type Sums } from "../../base/files/block-sums";
import { BrokenFile } from "../../base/files/checksum";
import { readSealed } from "../../base/files/read-safely";
import { type FileState, format, type Prepared, remedyOf } from "./format";

/** Bytes of a `texts.json`, or of a list of words. */
const mostOfJson = 2 ** 29;

/**
 * What a file of a folder tells that was sealed.
 *
 * @returns undefined where there is none, or it is not as it was written: then it is made anew
 */
export function readNote(file: string): unknown {
  return readSealed(file, { remedy: remedyOf(path.dirname(file)), most: mostOfJson });
}

/** What a folder holds of some files, where these are as they were when they were read. */
export function readPrepared(folder: string, files: readonly FileState[]): Prepared | undefined {
  const prepared = readNote(path.join(folder, "texts.json")) as Prepared | undefined;
  const isOfThem = prepared?.format === format && JSON.stringify(prepared.files) === JSON.stringify(files);
  return isOfThem && isWhole(folder, prepared) ? prepared : undefined;
}

/** Whether all codes are there, as far as that is seen before they are read. */
function isWhole(folder: string, { width, texts, codes }: Prepared): boolean {
  if (codes.bytes !== width * texts.reduce((sum, { length }) => sum + length, 0)) return false;
  return isAsWritten(path.join(folder, "codes"), codes);
}

/** Whether a file has its size and its checksums. */
export function isAsWritten(file: string, sums: Sums): boolean {
  try {
    new SummedFile(file, sums, remedyOf(path.dirname(file))).close();
    return true;
  } catch (error) {
    if (error instanceof BrokenFile) return false;
    throw error;
  }
}
