/** The text of a file piece by piece, the same as `decode.ts` reads it whole. */
import { isUtf8 } from "node:buffer";
import { decode, encodingOf, normalise } from "../decode";
import { readBookIn } from "../gutenberg/book";
import type { Header } from "../gutenberg/header";
import { unpacked, type UnpackedOptions } from "./unpacked";

/** Bytes of a text that is read at once, so that Project Gutenberg's licence is taken off. */
export const wholeAtMost = 2 ** 23;

/** A text as it comes. */
export interface InPieces extends Pick<Header, "title" | "author"> {
  /** What the reader should know; none in the ordinary case. */
  readonly notices: readonly string[];
  readonly pieces: AsyncIterable<string> | Iterable<string>;
}

/** Thrown in the middle of a text that turns out not to be UTF-8. */
export class NotUtf8 extends Error {}

/**
 * A text of at most `wholeAtMost` bytes is one piece, without what Project Gutenberg wrote around it. Of a longer one all is
 * kept, and never more than a few pieces are in memory.
 *
 * @param mayBeUtf8 false where the text was begun and turned out to be none: it is then Latin-1
 * @throws where the file is missing, broken, empty or binary, and `NotUtf8` from the pieces of a longer text
 */
export async function inPieces(
  file: string,
  { mayBeUtf8 = true, ...options }: UnpackedOptions & { readonly mayBeUtf8?: boolean } = {},
): Promise<InPieces> {
  const bytes = unpacked(file, options);
  const first: Uint8Array[] = [];
  let length = 0;
  while (length <= wholeAtMost) {
    const { value } = await bytes.next();
    if (!value) {
      const decoded = decode(Buffer.concat(first), file);
      const { content, notices, ...rest } = readBookIn(decoded.content);
      return { ...rest, notices: [...decoded.notices, ...notices], pieces: [content] };
    }
    first.push(value);
    length += value.length;
  }
  const head = Buffer.concat(first);
  const byMark = encodingOf(head.subarray(0, 2));
  const encoding = byMark === "utf-8" && !(mayBeUtf8 && beginsAsUtf8(head)) ? "windows-1252" : byMark;
  const isTheirs = /project gutenberg/i.test(head.subarray(0, 2 ** 16).toString("latin1"));
  const notices = isTheirs
    ? ["too long for Project Gutenberg's licence to be looked for; all of it was kept"]
    : [];
  return { title: "", author: "", notices, pieces: decoded({ file, encoding, head, bytes }) };
}

/** Whether bytes are UTF-8 but for a character that may go on behind them. */
function beginsAsUtf8(bytes: Uint8Array): boolean {
  return [0, 1, 2, 3].some((cut) => isUtf8(bytes.subarray(0, bytes.length - cut)));
}

interface Encoded {
  readonly file: string;
  readonly encoding: string;
  /** What has been read of the bytes before. */
  readonly head: Uint8Array;
  readonly bytes: AsyncIterable<Uint8Array>;
}

async function* decoded({ file, encoding, head, bytes }: Encoded): AsyncGenerator<string, void, void> {
  const decoder = new TextDecoder(encoding, { fatal: encoding === "utf-8" });
  let held = "";
  const read = (chunk?: Uint8Array): string => {
    let text: string;
    try {
      text = held + (chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode());
    } catch (error) {
      throw new NotUtf8(`Expected UTF-8 in ${file}`, { cause: error });
    }
    if (text.includes("\0")) throw new Error(`Expected plain text in ${file}, found binary data (NUL bytes)`);
    // A line may end in two characters, and a character may be two units.
    const cut = chunk ? text.length - (/[\r\ud800-\udbff]$/.test(text.slice(-1)) ? 1 : 0) : text.length;
    held = text.slice(cut);
    return normalise(text.slice(0, cut));
  };
  for (let at = 0; at < head.length; at += 2 ** 18) yield read(head.subarray(at, at + 2 ** 18));
  for await (const chunk of bytes) yield read(chunk);
  yield read();
}
