/**
 * Eight bits a weight: each row of a matrix is whole numbers from -127 to 127 and a scale by which they are multiplied. Of a
 * network that writes this keeps nearly all: docs/log.md, "Weights in eight bits".
 */

/** Rows that lie one after the other. */
export interface Int8Rows {
  /** One for each row. */
  readonly scales: Float32Array;
  readonly numbers: Int8Array;
}

/**
 * Rounds each row to the nearest multiples of a 127th of what is largest in it.
 *
 * @param width numbers of a row
 * @example int8RowsFrom(new Float32Array([254, -2, 0, 0]), 2) // { scales: [2, 0], numbers: [127, -1, 0, 0] }
 */
export function int8RowsFrom(values: Float32Array, width: number): Int8Rows {
  const scales = new Float32Array(values.length / width);
  const numbers = new Int8Array(values.length);
  for (const row of scales.keys()) {
    const [start, end] = [row * width, (row + 1) * width];
    let largest = 0;
    for (let at = start; at < end; at++) largest = Math.max(largest, Math.abs(values[at]));
    const scale = (scales[row] = largest / 127);
    if (scales[row] === 0) continue;
    for (let at = start; at < end; at++) numbers[at] = Math.round(values[at] / scale);
  }
  return { scales, numbers };
}

/** The way back: each number at most half a 127th of its row's largest from what it was. */
export function fromInt8Rows({ scales, numbers }: Int8Rows, width: number): Float32Array {
  return Float32Array.from(numbers, (number, at) => number * scales[Math.floor(at / width)]);
}
