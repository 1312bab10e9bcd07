/**
 * From the bytes of a file to its words; how, is in `encoding/`, and of documents in `documents/`. What does not belong
 * to the words of a book is taken off in `sources/gutenberg/strip/`; files that are too large for it are read in
 * `stream/`.
 */
import { constants } from "node:buffer";
import { open } from "node:fs/promises";
import { readDocument } from "../documents/document";
import type { Front } from "../documents/front";
import { type Container, containerOf } from "../documents/kinds";
import { refusalOf } from "../documents/refuse";
import type { OnProgress } from "../../base/progress";
import { NoText } from "../no-text";
import { judge } from "./judge";
import { noSuchFile } from "./no-such-file";
import { encodingNamed } from "./names";
import { Normaliser } from "./normalise";
import { changesIn, TextReader } from "./reader";
import { unpack } from "../packed/packed";
import { packingOf } from "../packed/packing";

export { normalise } from "./normalise";

/** A text as it was read; of a document also its title and author, where it names them. */
export interface Decoded extends Front {
  readonly content: string;
  /** What the reader should know, each a sentence that names the file and the place; none in the ordinary case. */
  readonly notices: readonly string[];
}

export interface DecodeOptions {
  /** The name of an encoding, as "koi8-r" or "macintosh" (default: it is found out). A byte order mark is believed before it. */
  readonly encoding?: string;
  /**
   * Keeps line ends, control characters and all else as they stand, so that places are those of what was given
   * (default: false).
   */
  readonly asItStands?: boolean;
  /** Told of what takes long: the pages of a PDF. */
  readonly onProgress?: OnProgress;
}

/**
 * The text of a file, packed by gzip or Zstandard or not, in any encoding that `encoding/judge.ts` finds; or the words of a
 * document: .docx, .odt, .epub, .rtf or .pdf, by whatever name.
 *
 * @throws where there is no such file, where it holds binary data, and where it holds no text at all or too much
 */
export async function readText(file: string, options: DecodeOptions = {}): Promise<Decoded> {
  if (options.encoding !== undefined) encodingNamed(options.encoding);
  let bytes: Uint8Array;
  try {
    bytes = await bytesOf(file);
  } catch (error) {
    throw notRead(file, error);
  }
  const text = await readBytes(bytes, file, options);
  if (text.content.trim() === "") {
    const found = text.content === "" ? "an empty file" : "nothing but white space";
    throw new NoText(`Expected a text in ${file}, found ${found}`, "empty");
  }
  return text;
}

/** What is said where a file cannot be read. */
export function notRead(file: string, error: unknown): Error {
  const { code, message } = error as NodeJS.ErrnoException;
  if (error instanceof NoText) return error;
  if (code === "ENOENT") return noSuchFile(file, error);
  if (code === "EISDIR") return new Error(`Expected a text in ${file}, found a folder`, { cause: error });
  const told = `Could not read ${file}: ${message}`;
  return new NoText(told, "unreadable", { cause: error });
}

/**
 * The text in `bytes`, those of a document too.
 *
 * @param name what an error calls them
 * @throws what `readText` throws of a file that is there
 * @example (await readBytes(new Uint8Array(await file.arrayBuffer()), "poems.docx")).content
 */
export async function readBytes(
  bytes: Uint8Array,
  name: string,
  options: DecodeOptions = {},
): Promise<Decoded> {
  const unpacked = unpack(bytes, name);
  const container = containerOf(unpacked);
  return container
    ? decodeDocument(unpacked, container, { ...options, name })
    : decodePlain(unpacked, name, options);
}

/** What is said where an encoding is named of a document, which says it itself. */
const ofItself = "is a document and says itself how it is encoded; `encoding` was not used";

/** The words of a document, of which the container is known. */
export async function decodeDocument(
  bytes: Uint8Array,
  container: Container,
  { name, encoding, asItStands, onProgress }: DecodeOptions & { readonly name: string },
): Promise<Decoded> {
  const { content, notices, ...front } = await readDocument(bytes, container, { name, onProgress });
  const told = encoding === undefined ? notices : [`${name} ${ofItself}`, ...notices];
  if (asItStands) return { ...front, content, notices: told };
  const decoded = decodeString(content, name);
  return { ...front, content: decoded.content, notices: [...told, ...decoded.notices] };
}

/**
 * The text in `bytes` that are no document; `name` is what an error calls them.
 *
 * @throws where the encoding has no such name, where they are a document, packed and broken, binary data, or more than
 *   a string can hold
 * @example decode(Uint8Array.of(0x63, 0x61, 0x66, 0xe9, 13, 10), "menu.txt").content // "café\n", from Latin-1
 */
export function decode(bytes: Uint8Array, name: string, options: DecodeOptions = {}): Decoded {
  const unpacked = unpack(bytes, name);
  if (containerOf(unpacked))
    throw new Error(`Expected plain text in ${name}, found a document: \`readBytes\` reads it`);
  return decodePlain(unpacked, name, options);
}

function decodePlain(unpacked: Uint8Array, name: string, { encoding, asItStands }: DecodeOptions): Decoded {
  const given = encoding === undefined ? undefined : encodingNamed(encoding);
  const reader = new TextReader(judge(unpacked, name, given), { name, asItStands });
  const pieces: string[] = [];
  let length = 0;
  for (let at = 0; at === 0 || at < unpacked.length; at += atOnce) {
    const isLast = at + atOnce >= unpacked.length;
    length += pieces[pieces.push(reader.read(unpacked.subarray(at, at + atOnce), isLast)) - 1].length;
    if (length > constants.MAX_STRING_LENGTH) throw new TooLong(name, unpacked.length);
  }
  return { content: pieces.join(""), notices: reader.notices() };
}

/** Bytes that are decoded at once. */
const atOnce = 2 ** 23;

/** The words of a string that the user gives, and what was changed in them. */
export function decodeString(text: string, name: string): Decoded {
  const normaliser = new Normaliser();
  const content = normaliser.read(text, { isLast: true });
  return { content, notices: changesIn(normaliser, name) };
}

/** Thrown of a text that no string can hold. */
class TooLong extends NoText {
  constructor(name: string, bytes: number) {
    const most = constants.MAX_STRING_LENGTH.toLocaleString("en");
    super(
      `Expected at most ${most} characters in ${name}, which is as many as a string can hold, got ${bytes.toLocaleString("en")} bytes. ` +
        "Read it from disk: by `StreamedLibrary` in code, with --stream on the command line",
      "too long",
    );
  }
}

/** All bytes of a file, unless its size and its beginning tell that they are more characters than a string can hold. */
async function bytesOf(file: string): Promise<Uint8Array> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    if (size > constants.MAX_STRING_LENGTH) {
      const { buffer, bytesRead } = await handle.read(new Uint8Array(2 ** 16), 0, 2 ** 16, 0);
      const head = buffer.subarray(0, bytesRead);
      if (containerOf(head)) throw refusalOf(file, "tooLarge");
      const share = packingOf(head) ? 0 : decode(head, file).content.length / bytesRead;
      if (size * share > 1.1 * constants.MAX_STRING_LENGTH) throw new TooLong(file, size);
    }
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}
