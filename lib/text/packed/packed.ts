/**
 * Whether bytes are packed, and what they are unpacked. Files that are too large for it are read in `stream/unpacked.ts`, with
 * the same outcome.
 */
import { NoText } from "../no-text";
import { refuseArchive } from "./archives";
import { gunzipped } from "./gunzipped";
import { checkUnpacked, packingOf } from "./packing";
import { TooMuch, Unzstd } from "./unzstd";

/**
 * The most bytes that are unpacked at once, the length of V8's longest string: a small file that unpacks to many gigabytes
 * ends in a message.
 */
const mostAtOnce = 2 ** 29 - 24;

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
    unpacked = packing === "gzip" ? gunzipped(bytes, mostAtOnce) : packing === "zstd" ? unzstd(bytes) : bytes;
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
