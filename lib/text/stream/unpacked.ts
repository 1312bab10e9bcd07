/** The bytes of a file piece by piece, unpacked where gzip or Zstandard packed it. What they say is read in `pieces.ts`. */
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import type { Transform } from "node:stream";
import * as zlib from "node:zlib";
import { Decompress } from "fzstd";
import { packingOf } from "../packed";

/** Bytes of the file that are read at once; unpacked they are some more. */
const readAtOnce = 2 ** 18;

/** Node.js has its own from 22.15 on. */
const { createZstdDecompress } = zlib as { createZstdDecompress?: () => Transform };

export interface UnpackedOptions {
  /** Is told how many bytes of the file have been read. */
  readonly onRead?: (bytes: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * @throws where the file cannot be read, where it breaks off, and what the signal was aborted with
 */
export async function* unpacked(
  file: string,
  { onRead, signal }: UnpackedOptions = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    const packing = await packingOfFile(file);
    let read = 0;
    const bytes = async function* () {
      for await (const chunk of createReadStream(file, { highWaterMark: readAtOnce })) {
        signal?.throwIfAborted();
        onRead?.((read += (chunk as Uint8Array).length));
        yield chunk as Uint8Array;
      }
    };
    if (packing === "gzip") yield* through(zlib.createGunzip({ chunkSize: readAtOnce }), bytes());
    else if (packing === "zstd" && createZstdDecompress) yield* through(createZstdDecompress(), bytes());
    else if (packing === "zstd") yield* unpackedByFzstd(bytes());
    else yield* bytes();
  } catch (error) {
    signal?.throwIfAborted();
    if ((error as NodeJS.ErrnoException).code === "ENOENT")
      throw new Error(`Expected a text in ${file}, found no such file`, { cause: error });
    throw new Error(`Could not read ${file}: ${(error as Error).message}`, { cause: error });
  }
}

async function packingOfFile(file: string): Promise<ReturnType<typeof packingOf>> {
  const handle = await open(file);
  try {
    const first = new Uint8Array(4);
    await handle.read(first, 0, 4, 0);
    return packingOf(first);
  } finally {
    await handle.close();
  }
}

/** Sends pieces through a transform, as fast as what comes out is taken. */
async function* through(
  transform: Transform,
  pieces: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const sending = send(transform, pieces).catch((error: Error) => transform.destroy(error));
  try {
    for await (const piece of transform) yield piece as Uint8Array;
    await sending;
  } finally {
    transform.destroy();
  }
}

async function send(transform: Transform, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const piece of pieces) {
    if (transform.destroyed) return;
    if (!transform.write(piece)) await drained(transform);
  }
  transform.end();
}

function drained(transform: Transform): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      transform.off("drain", go).off("close", go);
      resolve();
    };
    transform.on("drain", go).on("close", go);
  });
}

async function* unpackedByFzstd(
  pieces: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  let ready: Uint8Array[] = [];
  const stream = new Decompress((piece) => ready.push(piece.slice()));
  for await (const piece of pieces) {
    // Little at a time, for what repeats itself comes out a thousand times as long.
    for (let at = 0; at < piece.length; at += 2 ** 14) {
      stream.push(piece.subarray(at, at + 2 ** 14));
      yield* ready;
      ready = [];
    }
  }
  stream.push(new Uint8Array(0), true);
  yield* ready;
}
