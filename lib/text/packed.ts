/** Whether bytes are packed, and what they are unpacked. Files that are too large for it are read in `stream/unpacked.ts`. */
import { gunzipSync } from "node:zlib";
import { decompress } from "fzstd";

/** By their magic numbers (RFC 1952, 2.3.1; RFC 8878, 3.1.1). */
export function packingOf(bytes: Uint8Array): "gzip" | "zstd" | undefined {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return "gzip";
  const isZstd = bytes[0] === 0x28 && bytes[1] === 0xb5 && bytes[2] === 0x2f && bytes[3] === 0xfd;
  return isZstd ? "zstd" : undefined;
}

/**
 * The bytes as they were before gzip or Zstandard packed them; others as they are.
 *
 * @param name what an error calls them
 * @throws where they are broken
 */
export function unpack(bytes: Uint8Array, name: string): Uint8Array {
  const packing = packingOf(bytes);
  try {
    return packing === "gzip" ? gunzipSync(bytes) : packing === "zstd" ? decompress(bytes) : bytes;
  } catch (error) {
    throw new Error(`Could not unzip ${name}: ${(error as Error).message}`, { cause: error });
  }
}
