/**
 * Which of the two modules runs here. Both are made of the same sources; in one of them the products of matrices
 * multiply and add in one instruction of WebAssembly's relaxed SIMD, which not every engine knows. That is faster and
 * rounds once less, so that its results differ from those of the other in their last bits.
 */

/** WebAssembly as far as it is used here; Node's own types do not know it. */
interface Engine {
  validate(bytes: Uint8Array): boolean;
}

/** The smallest module that has such an instruction: a function of nothing, which multiplies three zeros. */
// prettier-ignore
const probe = Uint8Array.of(
  0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, // \0asm, version 1
  0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7b, // types: () → v128
  0x03, 0x02, 0x01, 0x00, // functions: one, of the first type
  0x0a, 0x13, 0x01, 0x11, 0x00, // code: one function, without local variables
  0x41, 0x00, 0xfd, 0x11, 0x41, 0x00, 0xfd, 0x11, 0x41, 0x00, 0xfd, 0x11, // thrice: i32.const 0, i32x4.splat
  0xfd, 0x85, 0x02, 0x0b, // f32x4.relaxed_madd, end
);

/** Whether this engine knows relaxed SIMD. False where there is no WebAssembly. */
export function knowsRelaxedSimd(
  engine: Engine | null = (globalThis as unknown as { WebAssembly?: Engine }).WebAssembly ?? null,
): boolean {
  return engine?.validate(probe) ?? false;
}
