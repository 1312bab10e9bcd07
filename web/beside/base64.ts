/** Bytes that were written as letters. */

/**
 * @param name what an error calls them
 * @throws where a letter stands for nothing
 * @example bytesOf("AQI=", "two.js") // Uint8Array [1, 2]
 */
export function bytesOf(letters: string, name: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0));
  } catch (error) {
    throw new Error(`${name} is damaged: it is no base64`, { cause: error });
  }
}
