/** `node:zlib` in a worker: what gzip packed, by fflate, which looks at no checksum and no end. */
import { buf as crc32 } from "crc-32";
import { Gunzip } from "fflate";

interface Options {
  readonly info: true;
  readonly maxOutputLength: number;
}

/** The members of a file as one, all of which is read, as Node.js does it. */
export function gunzipSync(bytes: Uint8Array, { maxOutputLength }: Options) {
  const pieces: Uint8Array[] = [];
  let [length, memberLength, checksum, end] = [0, 0, 0, 0];
  const gunzip = new Gunzip((piece) => {
    pieces.push(piece);
    memberLength += piece.length;
    checksum = crc32(piece, checksum);
    if ((length += piece.length) > maxOutputLength)
      throw Object.assign(new Error("too much"), { code: "ERR_BUFFER_TOO_LARGE" });
  });
  // At the end of a member, and nowhere else, the header of another one is one.
  gunzip.onmember = (at) => {
    const trailer = new DataView(bytes.buffer, bytes.byteOffset + at - 8, 8);
    if (trailer.getInt32(0, true) !== checksum) throw new Error("incorrect data check");
    if (trailer.getUint32(4, true) !== memberLength >>> 0) throw new Error("incorrect length check");
    [memberLength, checksum, end] = [0, 0, at];
  };
  for (let at = 0; at < bytes.length; at += readAtOnce) gunzip.push(bytes.subarray(at, at + readAtOnce));
  gunzip.push(emptyHeader);
  if (end < bytes.length) throw new Error("unexpected end of file");
  const buffer = new Uint8Array(length);
  for (const piece of pieces.reverse()) buffer.set(piece, (length -= piece.length));
  return { buffer, engine: { bytesWritten: end } };
}

const readAtOnce = 2 ** 16;

const emptyHeader = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff);

/** Of the module as a whole nothing else is there, as in a Node.js without a CRC-32 of its own. */
export default { gunzipSync };
