/**
 * What the files of an index hold. They lie in one folder:
 *
 * - `index.json`: the header, by which is seen whether the index is of the same texts; sealed with a checksum;
 * - `records`: for each block of each text, in the order of their hashes' upper bits, its number and its surroundings;
 * - `directory`: where the records with some upper bits begin;
 * - `compared` and `content`: the characters of the texts as they are compared, and as they are where that is another thing;
 * - `places`: where their lines begin, and where they were changed before they were compared;
 * - `zero.json` and `zeros`: how much of held-out text is found, see `index-zero.ts`; an index without is one still.
 *
 * Behind what each of the others but these holds are the checksums of its blocks, see `block-sums.ts`.
 */
import { existsSync } from "node:fs";
import { endianness } from "node:os";
import path from "node:path";
import type { Sums } from "../../base/files/block-sums";
import { BrokenFile, unseal } from "../../base/files/checksum";
import { readOwn } from "../../base/files/read-safely";
import { layoutFor, shortestWindow, type Layout } from "../blocks";
import type { ComparisonOptions } from "../comparison/comparison";

/**
 * Changes whenever an index that was written before could no longer be read, as on a processor of another byte order, or
 * texts are compared otherwise.
 */
export const format = `palimpsest index 4 ${endianness()}`;

export interface Header {
  readonly format: string;
  readonly minLength: number;
  readonly comparison: Required<ComparisonOptions>;
  /** The UTF-16 units of the texts by their codes, from 1 on; those that found no room are `otherCode`. */
  readonly alphabet: readonly number[];
  readonly texts: readonly IndexedText[];
  /** How many blocks all texts have. */
  readonly blocks: number;
  /** How many upper bits of a hash the directory goes by. */
  readonly directoryBits: number;
  readonly files: Readonly<Record<IndexFile, Sums>>;
}

export const indexFiles = ["records", "directory", "compared", "content", "places"] as const;

export type IndexFile = (typeof indexFiles)[number];

/** What leads on where one of them is broken. */
export function remedyOf(folder: string): string {
  return `Remove the folder ${folder}, and the index is built anew the next time it is opened with its texts.`;
}

/** A text of an index. All places count in UTF-16 units, lengths of files in bytes. */
export interface IndexedText {
  readonly title: string;
  readonly author: string;
  readonly source: string;
  readonly weight: number;
  /** Its number in the library, where it knows it. */
  readonly index?: number;
  /** Of a part only. */
  readonly start?: number;
  readonly firstLine?: number;
  /** SHA-256 of the content. */
  readonly hash: string;
  /** The number of its first block. */
  readonly firstBlock: number;
  readonly compared: Stored;
  /** In the one file or the other; in that of what is compared where both are the same. */
  readonly content: Stored & { readonly file: ContentFile };
  /** Where in `places` its line starts are, and how many: one Uint32 each. */
  readonly lines: Stored;
  /** What each step of the comparison changed: all `starts`, then all `ends`, then all `originals` of `Edits`. */
  readonly edits: readonly Stored[];
}

export type ContentFile = "compared" | "content";

/** A piece of a file: where it begins, in bytes, how many numbers or characters it has, and how many bytes each takes. */
export interface Stored {
  readonly at: number;
  readonly length: number;
  readonly width: number;
}

/** What stands for no character, before and after a text. */
export const edgeCode = 0;

/** What stands for all characters that have no code of their own. */
export const otherCode = 255;

/** Characters that a record holds after its block, enough to see most frequent phrases end. */
const after = 16;

/** A record: the number of a block, then the codes of the characters before it, in it and after it. */
export interface RecordLayout extends Layout {
  /** The codes of a record: those before are as many as a stride. */
  readonly codes: number;
  /** The Int32 of a record. */
  readonly size: number;
}

export function recordLayout({ block, stride }: Layout): RecordLayout {
  const codes = stride + block + after;
  return { block, stride, codes, size: 1 + codes / 4 };
}

/**
 * Makes sure that a header fits its files, so that nothing larger is made than they are.
 *
 * @throws BrokenFile where it does not
 */
export function checkHeader(header: Header, file: string): void {
  const wrong = (what: string) => new BrokenFile(file, what, remedyOf(path.dirname(file)));
  if (header?.format !== format)
    throw wrong(`it is of the format ${JSON.stringify(header?.format)?.slice(0, 100)}, not "${format}"`);
  const { minLength, comparison, alphabet, texts, blocks, directoryBits, files } = header;
  const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
  if (!indexFiles.every((name) => isCount(files?.[name]?.bytes))) throw wrong("it does not name all files");
  if (!isCount(minLength) || minLength < shortestWindow || minLength > 2 ** 20)
    throw wrong(`it is for passages of ${minLength} characters`);
  const { size } = recordLayout(layoutFor(minLength));
  if (!isCount(blocks) || files.records.bytes !== 4 * size * blocks) throw wrong(`it has ${blocks} blocks`);
  if (!isCount(directoryBits) || directoryBits > 32 || files.directory.bytes !== 4 * (2 ** directoryBits + 1))
    throw wrong(`its directory goes by ${directoryBits} bits`);
  if (!Array.isArray(alphabet) || alphabet.length >= otherCode) throw wrong("its alphabet is too large");
  if (!Array.isArray(texts) || (blocks > 0 && texts.length === 0)) throw wrong("it has no texts");
  if (typeof comparison !== "object" || comparison === null) throw wrong("it does not say how it compares");
  const lies = (stored: Partial<Stored> | null | undefined, name: IndexFile, widths: readonly number[]) => {
    const { at = NaN, length = NaN, width = NaN } = stored ?? {};
    return (
      isCount(at) && isCount(length) && widths.includes(width) && at + length * width <= files[name].bytes
    );
  };
  for (const text of texts as readonly (Partial<IndexedText> | null)[]) {
    const { compared, content, lines, edits, firstBlock } = text ?? {};
    const isWithin =
      lies(compared, "compared", [1, 2]) &&
      (content?.file === "content" || content?.file === "compared") &&
      lies(content, content.file, [1, 2]) &&
      Array.isArray(edits) &&
      [lines, ...(edits as readonly Stored[])].every((stored) => lies(stored, "places", [4]));
    if (!isWithin || !isCount(firstBlock) || firstBlock! > blocks)
      throw wrong("a text of it lies outside of its files");
  }
}

/** One byte a character where the text has no other. */
export function encodeUnits(text: string): { readonly bytes: Buffer; readonly width: 1 | 2 } {
  // eslint-disable-next-line no-control-regex -- all of Latin-1 is meant
  const width = /[^\u0000-\u00ff]/.test(text) ? 2 : 1;
  return { bytes: Buffer.from(text, width === 1 ? "latin1" : "utf16le"), width };
}

export function decodeUnits(bytes: Buffer, width: number): string {
  return bytes.toString(width === 1 ? "latin1" : "utf16le");
}

export function headerFile(folder: string): string {
  return path.join(folder, "index.json");
}

/** Bytes of a header: of a million texts. */
const mostOfHeader = 2 ** 29;

/** @throws where there is no index, or its header is not as it was written */
export function readHeader(folder: string): Header {
  const file = headerFile(folder);
  if (!existsSync(file))
    throw new Error(`Expected an index in ${folder}, found none; give the texts and it is built`);
  const remedy = remedyOf(folder);
  const header = unseal(readOwn(file, remedy, { most: mostOfHeader }), file, remedy) as Header;
  checkHeader(header, file);
  return header;
}
