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
import type { Sums } from "../../base/files/block-sums";
import type { Width } from "./numbers-in-bytes";

/** Changes whenever a folder that was written before could no longer be read, or texts are read otherwise. */
export const format = `palimpsest texts 5 ${endianness()}`;

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

/** What leads on where a file of a folder is broken. */
export function remedyOf(folder: string): string {
  return `Remove the folder ${folder}, and the texts are read anew the next time they are opened.`;
}
