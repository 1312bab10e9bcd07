/**
 * Whether bytes are packed, and what they are unpacked. Files that are too large for it are read in `stream/unpacked.ts`, with
 * the same outcome.
 */
import { gunzipSync } from "node:zlib";
import { NoText } from "../no-text";
import { refuseArchive } from "./archives";
import { isFrame, isSkippable } from "./header";
import { TooMuch, Unzstd } from "./unzstd";

/**
 * The most bytes that are unpacked at once, the length of V8's longest string: a small file that unpacks to many gigabytes
 * ends in a message.
 */
const mostAtOnce = 2 ** 29 - 24;

/** By their magic numbers (RFC 1952, 2.3.1; RFC 8878, 3.1.1). */
export function packingOf(bytes: Uint8Array): "gzip" | "zstd" | undefined {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return "gzip";
  return isFrame(bytes) || isSkippable(bytes) ? "zstd" : undefined;
}

/**
 * The bytes as they were before gzip or Zstandard packed them; others as they are.
 *
 * @param name what an error calls them
 * @throws where they are damaged, break off or have something else behind them; where they unpack to more than is read at
 *   once; where they are packed in another way; and where the name says that they are packed, and they are not
 */
export function unpack(bytes: Uint8Array, name: string): Uint8Array {
  let unpacked: Uint8Array;
  try {
    const packing = packingOf(bytes);
    if (!packing) checkUnpacked(bytes, name);
    unpacked = packing === "gzip" ? gunzipped(bytes) : packing === "zstd" ? unzstd(bytes) : bytes;
  } catch (error) {
    throw couldNotUnzip(name, isTooMuch(error) ? tooMuch() : error);
  }
  refuseArchive(unpacked, name);
  return unpacked;
}

/** What an error says of a file that could not be unpacked. */
export function couldNotUnzip(name: string, error: unknown): Error {
  return new NoText(`Could not unzip ${name}: ${(error as Error).message}`, "damaged", { cause: error });
}

/**
 * @param bytes the first ones of what has no magic number
 * @throws where the name says that it is packed and the bytes are no plain text, as where just the magic number is damaged
 */
export function checkUnpacked(bytes: Uint8Array, name: string): void {
  const [, ending] = /\.(gz|zst)$/i.exec(name) ?? [];
  if (!ending || bytes.length === 0 || beginsAsText(bytes)) return;
  const said = ending.toLowerCase() === "gz" ? "gzip" : "Zstandard";
  throw new Error(`its name says that it is packed by ${said}, its bytes do not`);
}

/** @throws where more stands behind what gzip packed than the zeros that fill a block of a tape */
export function checkBehindGzip(rest: Uint8Array): void {
  if (rest.some((byte) => byte !== 0)) throw new Error("something else stands behind what gzip packed");
}

function gunzipped(bytes: Uint8Array): Uint8Array {
  const options = { info: true, maxOutputLength: mostAtOnce };
  // Node.js' types know nothing of what comes with `info`.
  const { buffer, engine } = gunzipSync(bytes, options) as unknown as GunzipInfo;
  checkBehindGzip(bytes.subarray(engine.bytesWritten));
  return buffer;
}

interface GunzipInfo {
  readonly buffer: Uint8Array;
  /** It has written into itself what it has read. */
  readonly engine: { readonly bytesWritten: number };
}

function unzstd(bytes: Uint8Array): Uint8Array {
  const reader = new Unzstd(mostAtOnce);
  const pieces = [...reader.push(bytes)];
  reader.end();
  let length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const all = new Uint8Array(length);
  for (const piece of pieces.reverse()) all.set(piece, (length -= piece.length));
  return all;
}

function isTooMuch(error: unknown): boolean {
  return error instanceof TooMuch || (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE";
}

function tooMuch(): Error {
  const most = `${Math.round(mostAtOnce / 2 ** 20)} MB`;
  return new Error(
    `it unpacks to more than ${most}, the most that is read at once. From disk (StreamedLibrary, --stream) more is read.`,
  );
}

/** Text has no control characters, but for those of its layout; UTF-16 begins with its mark. */
function beginsAsText(bytes: Uint8Array): boolean {
  if (bytes.length < 4 && [0x28, 0xb5, 0x2f].every((byte, at) => (bytes[at] ?? byte) === byte)) return false; // of a magic number
  const hasMark = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  return hasMark || bytes.subarray(0, 4096).every((byte) => byte >= 0x20 || (byte >= 8 && byte <= 13));
}
