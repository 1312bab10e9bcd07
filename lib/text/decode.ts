/** From the bytes of a file to its words. What does not belong to the words of a book is taken off in `gutenberg/strip.ts`. */
import { isUtf8 } from "node:buffer";
import { readFile } from "node:fs/promises";
import { unpack } from "./packed";

/** A text as it was read. */
export interface Decoded {
  readonly content: string;
  /** What the reader should know, each a sentence that names the file and the place; none in the ordinary case. */
  readonly notices: readonly string[];
}

/**
 * The text of a file, in UTF-8, in UTF-16 with a byte order mark, or else in Latin-1 (Windows-1252); packed by gzip or Zstandard or not.
 *
 * @throws where there is no such file, where it holds binary data, and where it holds no text at all.
 */
export async function readText(file: string): Promise<Decoded> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT")
      throw new Error(`Expected a text in ${file}, found no such file`, { cause: error });
    throw new Error(`Could not read ${file}: ${(error as Error).message}`, { cause: error });
  }
  const text = decode(bytes, file);
  if (text.content.trim() === "") throw new Error(`Expected a text in ${file}, found an empty file`);
  return text;
}

/**
 * The text in `bytes`; `name` is what an error calls them.
 *
 * @example decode(Uint8Array.of(0x63, 0x61, 0x66, 0xe9, 13, 10), "menu.txt").content // "café\n", from Latin-1
 */
export function decode(bytes: Uint8Array, name: string): Decoded {
  const unpacked = unpack(bytes, name);
  const decoder = new TextDecoder(encodingOf(unpacked));
  // As a stream, for at once Node.js 20 reads Windows-1252 as if it were Latin-1: without its quotes and dashes.
  const text = decoder.decode(unpacked, { stream: true }) + decoder.decode();
  if (text.includes("\0")) throw new Error(`Expected plain text in ${name}, found binary data (NUL bytes)`);
  return { content: normalise(text), notices: [] };
}

/**
 * Words as this project keeps them: lines end in "\n"; no byte order mark, no control characters but tab and line
 * feed, no half of a surrogate pair.
 */
export function normalise(text: string): string {
  return (
    text
      .replace(/\r\n?/g, "\n")
      // eslint-disable-next-line no-control-regex -- they are what is looked for
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f\ufeff]/g, "")
      .replace(/\p{Surrogate}/gu, "\ufffd")
  );
}

/** By the byte order mark, or else by trying. */
export function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return isUtf8(bytes) ? "utf-8" : "windows-1252";
}
