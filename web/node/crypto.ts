/** `node:crypto` in a worker: no more than the name of a training. */

/** Sixteen random bytes as hexadecimal digits; the browser's own `randomUUID` is only there where a page came by HTTPS. */
export function randomUUID(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
