/** Bytes of a file as the numbers that they are, of two bytes or four. */

export type Width = 2 | 4;

/** A list of numbers of some width. */
export function numbersOf(bytes: Buffer, width: Width): Uint16Array | Int32Array {
  const { buffer, byteOffset, length } = bytes;
  return width === 2
    ? new Uint16Array(buffer, byteOffset, length / 2)
    : new Int32Array(buffer, byteOffset, length / 4);
}
