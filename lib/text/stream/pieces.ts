/** The text of a file piece by piece, the same as `decode.ts` and `gutenberg/book.ts` read it whole, with the same notices. */
import { containerOf, type Container } from "../documents/kinds";
import { refusalOf } from "../documents/refuse";
import { mostBytes } from "../documents/zip";
import { decodeDocument, type Decoded } from "../encoding/decode";
import { Judge } from "../encoding/judge";
import { encodingNamed } from "../encoding/names";
import { TextReader } from "../encoding/reader";
import {
  headed,
  headLength,
  noticesOfWhole,
  readBookIn,
  readHeadOfLong,
  strippedUpTo,
} from "../sources/gutenberg/book";
import type { Header } from "../sources/gutenberg/header";
import { unpacked, type UnpackedOptions } from "./unpacked";

/** A text as it comes. */
export interface InPieces extends Pick<Header, "title" | "author"> {
  readonly pieces: AsyncIterable<string> | Iterable<string>;
  /** After the last piece: what the reader should know; none in the ordinary case. */
  notices(): readonly string[];
}

export interface InPiecesOptions extends UnpackedOptions {
  /** See `decode.ts`. */
  readonly encoding?: string;
  /** Characters of a text that is read at once, so that Project Gutenberg's licence is taken off; `strippedUpTo`. */
  readonly wholeAtMost?: number;
}

/**
 * A text of at most `wholeAtMost` characters is one piece, without what Project Gutenberg wrote around it. Of a longer one all
 * is kept, and never more of it is in memory. A file is gone through twice: for its encoding, then for its words; a small one
 * is kept meanwhile. A document is read whole, which none is too large for.
 *
 * @throws where the file is missing, broken or binary, also from the pieces
 */
export async function inPieces(
  file: string,
  { wholeAtMost = strippedUpTo, ...options }: InPiecesOptions = {},
): Promise<InPieces> {
  const document = await documentIn(file, options);
  if (!document) return plainInPieces(file, { wholeAtMost, ...options });
  const { content, notices, ...front } = document;
  const isLong = content.length > wholeAtMost;
  const book = isLong ? { ...readHeadOfLong(content.slice(0, headLength)), content } : readBookIn(content);
  const known = noticesOfWhole(content.slice(0, headLength), file);
  const told = () => [...notices, ...known, ...book.notices];
  return { ...book, ...headed(book, front), pieces: [book.content], notices: told };
}

/** The words of a file that is a document; undefined where it is none. */
async function documentIn(
  file: string,
  { encoding, onRead, signal }: InPiecesOptions,
): Promise<Decoded | undefined> {
  let container: Container | undefined;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of unpacked(file, { onRead: (bytes) => container && onRead?.(bytes), signal })) {
    if (length === 0) container = containerOf(chunk);
    if (!container) return undefined;
    chunks.push(chunk);
    if ((length += chunk.length) > mostBytes) throw refusalOf(file, "tooLarge");
  }
  return container && decodeDocument(Buffer.concat(chunks), container, { name: file, encoding });
}

async function plainInPieces(
  file: string,
  { encoding, wholeAtMost, onRead, signal }: InPiecesOptions & { readonly wholeAtMost: number },
): Promise<InPieces> {
  const judge = new Judge(file, encoding === undefined ? undefined : encodingNamed(encoding));
  let kept: Uint8Array[] | undefined = [];
  let length = 0;
  let size = 0;
  const onJudged = (bytes: number) => onRead?.((size = bytes) / 2);
  for await (const chunk of unpacked(file, { onRead: onJudged, signal })) {
    judge.add(chunk);
    length += chunk.length;
    // A character has a byte at least.
    if (length <= wholeAtMost) kept?.push(chunk);
    else kept = undefined;
  }
  const reader = new TextReader(judge.judged(), { name: file });
  const again = { onRead: (bytes: number) => onRead?.((size + bytes) / 2), signal };
  const words = wordsOf(kept ?? unpacked(file, again), reader);
  const { first, isAll } = await upTo(wholeAtMost, words);
  const start = beginningOf(first);
  const known = noticesOfWhole(start, file);
  if (isAll) {
    const { title, author, content, notices } = readBookIn(first.join(""));
    return { title, author, pieces: [content], notices: () => [...reader.notices(), ...known, ...notices] };
  }
  const { title, author, notices } = readHeadOfLong(start);
  const told = () => [...reader.notices(), ...known, ...notices];
  return { title, author, pieces: followed(first, words), notices: told };
}

async function* wordsOf(
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  reader: TextReader,
): AsyncGenerator<string, void, void> {
  for await (const chunk of chunks) yield reader.read(chunk);
  yield reader.read();
}

/** Pieces up to the one with which they are longer than `length`. */
async function upTo(
  length: number,
  pieces: AsyncGenerator<string, void, void>,
): Promise<{ readonly first: string[]; readonly isAll: boolean }> {
  const first: string[] = [];
  let units = 0;
  while (units <= length) {
    const next = await pieces.next();
    if (next.done === true) return { first, isAll: true };
    first.push(next.value);
    units += next.value.length;
  }
  return { first, isAll: false };
}

function beginningOf(pieces: readonly string[]): string {
  let head = "";
  for (const piece of pieces) if (head.length < headLength) head += piece.slice(0, headLength - head.length);
  return head;
}

/** @param first is emptied, so that what was taken is no longer in memory */
async function* followed(
  first: string[],
  pieces: AsyncGenerator<string, void, void>,
): AsyncGenerator<string, void, void> {
  for (let piece = first.shift(); piece !== undefined; piece = first.shift()) yield piece;
  yield* pieces;
}
