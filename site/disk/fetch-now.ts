/** A file of the site, at once: who reads it waits, as for a disk. */
import { gunzipSync } from "fflate";

/** @throws where the site does not give it */
export function fetchNow(address: string): Uint8Array {
  const request = new XMLHttpRequest();
  request.open("GET", address, false);
  request.responseType = "arraybuffer";
  request.send();
  if (request.status !== 200)
    throw new Error(`Expected ${address} in the site, got status ${request.status}`);
  const bytes = new Uint8Array(request.response as ArrayBuffer);
  // Some servers say of a packed file that it is packed, and then the browser unpacks it.
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
}
