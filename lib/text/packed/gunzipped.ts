/** What gzip packed, and nothing else behind it. */
import { gunzipSync } from "node:zlib";

/** @throws where more stands behind what gzip packed than the zeros that fill a block of a tape */
export function checkBehindGzip(rest: Uint8Array): void {
  if (rest.some((byte) => byte !== 0)) throw new Error("something else stands behind what gzip packed");
}

/** @throws where it is damaged, has something else behind it or unpacks to more than `most` bytes */
export function gunzipped(bytes: Uint8Array, most: number): Uint8Array {
  const options = { info: true, maxOutputLength: most };
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
