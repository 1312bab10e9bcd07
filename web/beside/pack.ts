/** Bytes as a script that hands them over, for a page that may load scripts alone (`load.ts`): packed by gzip, in base64. */
import { createWriteStream } from "node:fs";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";

/** Writes a script, piece by piece. */
export async function writePacked(file: string, content: Iterable<string | Uint8Array>): Promise<void> {
  const name = path.basename(file);
  await pipeline(
    Readable.from(content),
    createGzip({ level: 9 }),
    (packed: AsyncIterable<Buffer>) => asScript(name, packed),
    createWriteStream(file),
  );
}

async function* asScript(name: string, bytes: AsyncIterable<Buffer>): AsyncGenerator<string, void, void> {
  yield `palimpsest(${JSON.stringify(name)},"`;
  let rest = Buffer.alloc(0);
  for await (const piece of bytes) {
    const all = Buffer.concat([rest, piece]);
    const end = all.length - (all.length % 3); // three bytes are four letters
    yield all.toString("base64", 0, end);
    rest = all.subarray(end);
  }
  yield `${rest.toString("base64")}")`;
}
