/** The numbers of a weight as bytes, little-endian, in each of the precisions in which a network may be saved. */
import { fromHalf, halfFrom } from "./half-precision";
import { fromInt8Rows, int8RowsFrom } from "./int8-rows";

/** A weight that is to be written. */
export interface NamedNumbers {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

interface AsBytes {
  bytesIn(shape: readonly number[]): number;
  /** @throws where a number is too large for the precision */
  bytesOf(weight: NamedNumbers): Uint8Array;
  /** @param bytes `bytesIn(shape)` of them */
  numbersOf(bytes: ArrayBuffer, shape: readonly number[]): Float32Array;
}

const fp32: AsBytes = {
  bytesIn: (shape) => 4 * countIn(shape),
  bytesOf: ({ values }) => bytesUnder(values),
  numbersOf: (bytes) => new Float32Array(bytes),
};

const fp16: AsBytes = {
  bytesIn: (shape) => 2 * countIn(shape),
  bytesOf({ name, values }) {
    if (values.some((value) => Math.abs(value) > 65_504))
      throw new Error(
        `Expected weights up to 65,504 in ${name}, got larger ones: save with precision "fp32"`,
      );
    return bytesUnder(halfFrom(values));
  },
  numbersOf: (bytes) => fromHalf(new Uint16Array(bytes)),
};

/** The scales of a matrix' rows in single precision, then its numbers; what is no matrix as in `fp32`. */
const int8: AsBytes = {
  bytesIn: (shape) => (isMatrix(shape) ? 4 * rowsIn(shape) + countIn(shape) : fp32.bytesIn(shape)),
  bytesOf(weight) {
    const { shape, values } = weight;
    if (!isMatrix(shape)) return fp32.bytesOf(weight);
    const { scales, numbers } = int8RowsFrom(values, widthOf(shape));
    const bytes = new Uint8Array(scales.byteLength + numbers.length);
    bytes.set(bytesUnder(scales));
    bytes.set(bytesUnder(numbers), scales.byteLength);
    return bytes;
  },
  numbersOf(bytes, shape) {
    if (!isMatrix(shape)) return fp32.numbersOf(bytes, shape);
    const scales = new Float32Array(bytes, 0, rowsIn(shape));
    return fromInt8Rows({ scales, numbers: new Int8Array(bytes, scales.byteLength) }, widthOf(shape));
  },
};

export const precisions = { fp32, fp16, int8 } as const;

export type SavedPrecision = keyof typeof precisions;

export const precisionNames = Object.keys(precisions) as readonly SavedPrecision[];

/** Whether there are rows of more than one number, which is where a scale for each saves room. */
function isMatrix(shape: readonly number[]): boolean {
  return shape.length > 1 && widthOf(shape) > 1;
}

function widthOf(shape: readonly number[]): number {
  return shape[shape.length - 1];
}

function rowsIn(shape: readonly number[]): number {
  return countIn(shape.slice(0, -1));
}

function countIn(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}

function bytesUnder({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
