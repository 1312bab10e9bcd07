/** Whether bytes of an unknown encoding are mostly letters of ASCII, as in the languages of Western Europe. */

/** Whether letters of ASCII are the most, from the first byte beyond it. */
export function isInLatinLetters(bytes: Uint8Array): boolean {
  let [beyond, ascii] = [0, 0];
  for (const byte of bytes) {
    if (byte > 0x7f) beyond++;
    else if (beyond > 0 && (byte | 32) >= 97 && (byte | 32) <= 122) ascii++;
  }
  return ascii >= beyond;
}
