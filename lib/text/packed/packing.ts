/** By what files are packed, as their first bytes and their names say. */
import { isFrame, isSkippable } from "./header";

/** By their magic numbers (RFC 1952, 2.3.1; RFC 8878, 3.1.1). */
export function packingOf(bytes: Uint8Array): "gzip" | "zstd" | undefined {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return "gzip";
  return isFrame(bytes) || isSkippable(bytes) ? "zstd" : undefined;
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

/** Text has no control characters, but for those of its layout; UTF-16 begins with its mark. */
function beginsAsText(bytes: Uint8Array): boolean {
  if (bytes.length < 4 && [0x28, 0xb5, 0x2f].every((byte, at) => (bytes[at] ?? byte) === byte)) return false; // of a magic number
  const hasMark = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  return hasMark || bytes.subarray(0, 4096).every((byte) => byte >= 0x20 || (byte >= 8 && byte <= 13));
}
