/** Files that are packed in ways that are not read: what they are, and what unpacks them. ZIP is looked into in `documents/`. */
import { NoText } from "../no-text";

/* eslint-disable no-control-regex -- bytes are looked for */
/** By how they begin, each byte as one character. */
const kinds: readonly { readonly name: string; readonly begins: RegExp; readonly unpackedBy: string }[] = [
  { name: "an xz file", begins: /^\xfd7zXZ\0/, unpackedBy: "xz -d" },
  { name: "an lzma file", begins: /^\]\0\0/, unpackedBy: "xz -d" },
  { name: "a bzip2 file", begins: /^BZh[1-9](?:1AY&SY|\x17rE8P\x90)/, unpackedBy: "bzip2 -d" },
  { name: "an lzip file", begins: /^LZIP[\0\x01]/, unpackedBy: "lzip -d" },
  { name: "an lz4 file", begins: /^\x04"M\x18/, unpackedBy: "lz4 -d" },
  { name: "a file of compress", begins: /^\x1f\x9d/, unpackedBy: "uncompress" },
  { name: "a 7-Zip archive", begins: /^7z\xbc\xaf'\x1c/, unpackedBy: "7z x" },
  { name: "a RAR archive", begins: /^Rar!\x1a\x07/, unpackedBy: "unrar x" },
  { name: "a tar archive", begins: /^(?=[^]{0,256}\0)[^]{257}ustar/, unpackedBy: "tar -xf" },
  { name: "a gzip file", begins: /^\x1f\x8b\x08/, unpackedBy: "gzip -d" },
  { name: "a Zstandard file", begins: /^\x28\xb5\x2f\xfd/, unpackedBy: "zstd -d" },
];
/* eslint-enable no-control-regex */

/** Bytes that are enough to know every kind. */
export const archiveHead = 512;

/**
 * @param bytes of a text, unpacked where gzip or Zstandard packed it; the first `archiveHead` are looked at
 * @throws where they are packed, so that nobody takes them for a text
 */
export function refuseArchive(bytes: Uint8Array, name: string): void {
  const head = String.fromCharCode(...bytes.subarray(0, archiveHead));
  const kind = kinds.find(({ begins }) => begins.test(head));
  if (kind)
    throw new NoText(
      `Expected a text in ${name}, found ${kind.name}. Unpack it first (${kind.unpackedBy}); what gzip and zstd pack once is read as it is.`,
      kind.name,
    );
}
