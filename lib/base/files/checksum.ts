/**
 * How what was written is known again: by CRC-32, which notices each change of up to 32 bits in a row, and of others all but
 * one in four thousand million. It guards against faults of disks and copies, not against somebody who means harm.
 */
import zlib from "node:zlib";
import { buf } from "crc-32";

/** CRC-32 as gzip and zip have it: of Node's own, where it has one, since that is some times as fast. */
export const crc32: (bytes: Uint8Array) => number =
  (zlib as { crc32?: (bytes: Uint8Array) => number }).crc32 ?? ((bytes) => buf(bytes) >>> 0);

/** What leads on where a file of ours is damaged that was saved once: a `remedy`. */
export const fetchAgain = "Download or copy it again from where it came, or save it anew.";

/** Thrown where a file is not as it was written. */
export class BrokenFile extends Error {
  /**
   * @param what is the matter, as "it ends early"
   * @param remedy what leads on, as a sentence
   */
  constructor(
    readonly file: string,
    what: string,
    remedy: string,
  ) {
    super(`Expected ${file} as it was written, but ${what}. ${remedy}`);
  }
}

/**
 * A value as JSON with a checksum of all that stands before it, as its last property.
 *
 * @example seal({ a: 1 }) // '{"a":1,"crc32":"d74c2bd7"}'
 */
export function seal(value: object): string {
  const open = JSON.stringify(value).slice(0, -1);
  return `${open},"crc32":"${digits(crc32(Buffer.from(open)))}"}`;
}

/**
 * What was sealed.
 *
 * @param remedy what leads on where it is broken
 * @throws BrokenFile where a byte of it is another
 */
export function unseal(bytes: Buffer, file: string, remedy: string): unknown {
  const end = bytes.length - sealLength;
  const [, checksum] = /^,"crc32":"([0-9a-f]{8})"}$/.exec(bytes.toString("latin1", Math.max(0, end))) ?? [];
  if (checksum === undefined) throw new BrokenFile(file, "its end is missing, with the checksum", remedy);
  if (digits(crc32(bytes.subarray(0, end))) !== checksum)
    throw new BrokenFile(file, "its checksum does not fit: some of it is damaged", remedy);
  return JSON.parse(`${bytes.toString("utf8", 0, end)}}`);
}

const sealLength = ',"crc32":"00000000"}'.length;

/** A checksum as eight hexadecimal digits. */
export function digits(checksum: number): string {
  return checksum.toString(16).padStart(8, "0");
}
