/** The network and its texts, as `pack.ts` packs them beside the page and `load.ts` loads them. */
import { couldNotUnzip, unpack } from "../../lib/text/packed/packed";
import { packingOf } from "../../lib/text/packed/packing";
import { bytesOf } from "./base64";
import { libraryFile, networkFile } from "./names";
import type { PackedLibrary } from "./traced-in";

/**
 * The network, as `saveModel` writes it.
 *
 * @throws where it is damaged
 */
export function unpackNetwork(packed: string): Uint8Array {
  return unpacked(packed, networkFile);
}

/**
 * The texts in which the page traces.
 *
 * @throws where they are damaged
 */
export function unpackLibrary(packed: string): PackedLibrary {
  return JSON.parse(new TextDecoder().decode(unpacked(packed, libraryFile))) as PackedLibrary;
}

function unpacked(packed: string, name: string): Uint8Array {
  const bytes = bytesOf(packed, name);
  if (packingOf(bytes) !== "gzip") throw couldNotUnzip(name, new Error("it is not packed by gzip"));
  return unpack(bytes, name);
}
