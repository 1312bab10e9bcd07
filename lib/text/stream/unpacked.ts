/**
 * The bytes of a file piece by piece, unpacked where gzip or Zstandard packed it, or the errors of `packed.ts`. What they say is
 * read in `pieces.ts`.
 */
import { createReadStream } from "node:fs";
import { createGunzip, type Gunzip } from "node:zlib";
import { archiveHead, refuseArchive } from "../packed/archives";
import { couldNotUnzip } from "../packed/packed";
import { checkBehindGzip } from "../packed/gunzipped";
import { checkUnpacked, packingOf } from "../packed/packing";
import { notRead } from "../encoding/decode";
import { Unzstd } from "../packed/unzstd";

/** Bytes of the file that are read at once; unpacked they are some more. */
const readAtOnce = 2 ** 18;

export interface UnpackedOptions {
  /** Is told how many bytes of the file have been read. */
  readonly onRead?: (bytes: number) => void;
  readonly signal?: AbortSignal;
}

type Pieces = AsyncGenerator<Uint8Array, void, undefined>;

/**
 * @throws where the file cannot be read, what `unpack` throws, and what the signal was aborted with
 */
export async function* unpacked(file: string, options: UnpackedOptions = {}): Pieces {
  let isHead = true;
  for await (const piece of withHead(contentOf(file, options))) {
    if (isHead) refuseArchive(piece, file);
    isHead = false;
    yield piece;
  }
}

async function* contentOf(file: string, options: UnpackedOptions): Pieces {
  const bytes = withHead(bytesOf(file, options));
  try {
    const { value: head = new Uint8Array(0) } = (await bytes.next()) as { readonly value?: Uint8Array };
    const packing = packingOf(head);
    if (!packing) checkUnpacked(head, file);
    if (packing === "gzip") yield* gunzipped(startingWith(head, bytes));
    else if (packing === "zstd") yield* unzstd(startingWith(head, bytes));
    else yield* startingWith(head, bytes);
  } catch (error) {
    options.signal?.throwIfAborted();
    throw error instanceof NotRead ? error.cause : couldNotUnzip(file, error);
  } finally {
    await bytes.return();
  }
}

/** Thrown with the cause where it is not the content of a file that is wrong. */
class NotRead extends Error {}

async function* bytesOf(file: string, { onRead, signal }: UnpackedOptions): Pieces {
  let read = 0;
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: readAtOnce })) {
      signal?.throwIfAborted();
      onRead?.((read += (chunk as Uint8Array).length));
      yield chunk as Uint8Array;
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw new NotRead("", { cause: notRead(file, error) });
  }
}

/** The same pieces, the first of them long enough to know what they are. */
async function* withHead(pieces: AsyncIterable<Uint8Array>): Pieces {
  let head: Uint8Array | undefined = new Uint8Array(0);
  for await (const piece of pieces) {
    if (!head) yield piece;
    else {
      head = Buffer.concat([head, piece]);
      if (head.length < archiveHead) continue;
      yield head;
      head = undefined;
    }
  }
  if (head?.length) yield head;
}

async function* startingWith(head: Uint8Array, pieces: AsyncIterable<Uint8Array>): Pieces {
  yield head;
  yield* pieces;
}

async function* unzstd(pieces: AsyncIterable<Uint8Array>): Pieces {
  const reader = new Unzstd();
  for await (const piece of pieces) yield* reader.push(piece);
  reader.end();
}

/** Sends pieces through Node.js' own, as fast as what comes out is taken. */
async function* gunzipped(pieces: AsyncIterable<Uint8Array>): Pieces {
  const gunzip = createGunzip({ chunkSize: readAtOnce });
  gunzip.on("error", () => undefined); // where nobody reads any more; else it is thrown by the loop
  const left = new AbortController();
  const sending = send(gunzip, pieces, left.signal);
  sending.catch((error: Error) => gunzip.destroy(error));
  try {
    for await (const piece of gunzip) yield piece as Uint8Array;
    await sending; // and it has looked at what stands behind
  } finally {
    left.abort();
    gunzip.destroy();
  }
}

async function send(gunzip: Gunzip, pieces: AsyncIterable<Uint8Array>, left: AbortSignal): Promise<void> {
  let sent = 0;
  for await (const piece of pieces) {
    const hasEnded = gunzip.bytesWritten < sent; // the count is of what it has read
    if (!hasEnded) await written(gunzip, piece);
    if (left.aborted) return;
    sent += piece.length;
    const behind = Math.min(sent - gunzip.bytesWritten, piece.length);
    checkBehindGzip(piece.subarray(piece.length - behind));
  }
  gunzip.end();
}

function written(gunzip: Gunzip, piece: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    gunzip.once("close", resolve);
    gunzip.write(piece, () => {
      gunzip.off("close", resolve);
      resolve();
    });
  });
}
