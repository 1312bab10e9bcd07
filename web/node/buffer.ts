/** `node:buffer` in a worker. */

export function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

export function isAscii(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte < 0x80);
}

/** Of V8, which browsers are built on or are like. */
export const constants = { MAX_STRING_LENGTH: 2 ** 29 - 24 };
