/**
 * What a folder of prepared texts holds:
 *
 * - `texts.json`: which files were read, and where their texts stand in the other file; sealed with a checksum;
 * - `codes`: all texts, a number for each character, which is its place among `characters`;
 * - `words-….ids` and `words-….json`: the same as words of some vocabulary.
 *
 * Behind the numbers of a file are the checksums of its blocks, see `block-sums.ts`.
 */
import { endianness } from "node:os";
import path from "node:path";
import { SummedFile, type Sums } from "../../base/files/block-sums";
import { BrokenFile } from "../../base/files/checksum";
import { readSealed } from "../../base/files/read-safely";

/** Changes whenever a folder that was written before could no longer be read. */
export const format = `palimpsest texts 4 ${endianness()}`;

/** A file as it was when it was read. */
export interface FileState {
  readonly file: string;
  readonly size: number;
  /** Milliseconds. */
  readonly modified: number;
  /** As the user names it; absent where it is found out. */
  readonly encoding?: string;
  /** Whether it is left out where it holds no text, as one of a folder; false: that is an error. */
  readonly mayBeLeftOut?: boolean;
}

export interface Prepared {
  readonly format: string;
  readonly files: readonly FileState[];
  /** All characters of the texts, in the order in which they came. */
  readonly characters: string;
  /** Bytes of a code, 2 or 4. */
  readonly width: Width;
  readonly texts: readonly PreparedText[];
  readonly codes: Sums;
}

export type Width = 2 | 4;

/** A text of a file. */
export interface PreparedText {
  /** Why the file is none of the texts; absent where it is one. */
  readonly leftOut?: string;
  /** Of its head; "" where it does not say. */
  readonly title: string;
  readonly author: string;
  /** What the reader should know of it; none in the ordinary case. */
  readonly notices: readonly string[];
  readonly sha256: string;
  /** The place of its first code. */
  readonly at: number;
  /** Codes: Unicode code points. */
  readonly length: number;
  /** UTF-16 units. */
  readonly units: number;
  readonly words: number;
  readonly lines: number;
  readonly distinctCharacters: number;
  /** The units, and the line feeds, before each of its blocks. */
  readonly blocks: { readonly units: readonly number[]; readonly lines: readonly number[] };
}

/** Characters of a block. */
export const block = 2 ** 16;

/** A list of numbers of some width. */
export function numbersOf(bytes: Buffer, width: Width): Uint16Array | Int32Array {
  const { buffer, byteOffset, length } = bytes;
  return width === 2
    ? new Uint16Array(buffer, byteOffset, length / 2)
    : new Int32Array(buffer, byteOffset, length / 4);
}

/** What leads on where a file of a folder is broken. */
export function remedyOf(folder: string): string {
  return `Remove the folder ${folder}, and the texts are read anew the next time they are opened.`;
}

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
