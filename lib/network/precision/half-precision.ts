/** Half precision (IEEE 754 binary16), in which weights take half the room: 11 bits of precision, up to 65,504. */

/**
 * Rounds to the nearest half, to the even one in the middle of two; beyond 65,519 to infinity.
 *
 * @example halfFrom(new Float32Array([1, 0.1])) // Uint16Array [0x3c00, 0x2e66]
 */
export function halfFrom(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  return Uint16Array.from(bits, (single) => {
    const sign = (single >>> 16) & 0x8000;
    const exponent = (single >>> 23) & 0xff;
    const fraction = single & 0x7fffff;
    if (exponent === 0xff) return sign | 0x7c00 | (fraction ? 0x200 : 0);
    const moved = exponent - 127 + 15;
    if (moved >= 31) return sign | 0x7c00;
    if (moved > 0) return sign | shifted((moved << 23) | fraction, 13);
    return moved < -10 ? sign : sign | shifted(fraction | 0x800000, 14 - moved);
  });
}

/** The way back, which is exact. */
export function fromHalf(halves: Uint16Array): Float32Array {
  return Float32Array.from(halves, (half) => {
    const sign = half & 0x8000 ? -1 : 1;
    const exponent = (half >>> 10) & 0x1f;
    const fraction = half & 0x3ff;
    if (exponent === 0x1f) return fraction ? NaN : sign * Infinity;
    return sign * (exponent ? 2 ** (exponent - 25) * (0x400 | fraction) : 2 ** -24 * fraction);
  });
}

/** Shifts a number to the right and rounds it by what falls off; a carry goes into the exponent, as it should. */
function shifted(number: number, by: number): number {
  const kept = number >>> by;
  const rest = number - kept * 2 ** by;
  const middle = 2 ** (by - 1);
  return rest > middle || (rest === middle && kept & 1) ? kept + 1 : kept;
}
