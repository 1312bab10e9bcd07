/** Comparison of tensors in tests. */
import assert from "node:assert/strict";
import type { Tensor } from "../../lib/network/tensorflow";

/** Asserts that two tensors have the same shape, and values that differ by at most `tolerance` of the largest one. */
export function close(actual: Tensor, expected: Tensor, tolerance = 1e-5, name = ""): void {
  assert.deepEqual(actual.shape, expected.shape, name);
  const [here, there] = [actual.dataSync<"float32">(), expected.dataSync<"float32">()];
  const largest = there.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-6);
  const apart = here.reduce((most, value, index) => Math.max(most, Math.abs(value - there[index])), 0);
  assert.ok(apart <= tolerance * largest, `${name}: ${apart} apart where the largest is ${largest}`);
}
