/** Comparison of tensors in tests. */
import assert from "node:assert/strict";
import { tf, type Tensor } from "../../lib/network/tensorflow";

/** Asserts that two tensors have the same shape, and values that differ by at most `tolerance` of the largest one. */
export function close(actual: Tensor, expected: Tensor, tolerance = 1e-5, name = ""): void {
  assert.deepEqual(actual.shape, expected.shape, name);
  const [here, there] = [actual.dataSync<"float32">(), expected.dataSync<"float32">()];
  const largest = there.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-6);
  const apart = here.reduce((most, value, index) => Math.max(most, Math.abs(value - there[index])), 0);
  assert.ok(apart <= tolerance * largest, `${name}: ${apart} apart where the largest is ${largest}`);
}

/**
 * Asserts that two tensors have the same shape, are NaN or infinite at the same places, and are close everywhere else. Which
 * of the two a number is that is not finite may differ: what one multiplies by 2e-9 is zero for another.
 */
export function closeWhereFinite(actual: Tensor, expected: Tensor, tolerance = 1e-5, name = ""): void {
  const [here, there] = [actual, expected].map((tensor) => tensor.dataSync<"float32">());
  const places = (values: Float32Array) =>
    Array.from(values.keys()).filter((at) => !Number.isFinite(values[at]));
  assert.deepEqual(places(here), places(there), `${name}: not finite`);
  const finite = ({ shape }: Tensor, values: Float32Array) =>
    tf.tensor(
      values.map((value) => (Number.isFinite(value) ? value : 0)),
      shape,
    );
  close(finite(actual, here), finite(expected, there), tolerance, name);
}
