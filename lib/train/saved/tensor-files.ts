/** Tensors in files: what their list may claim, and what their numbers may be. */
import { tf, type NamedTensors } from "../../network/tensorflow";

/** A tensor of a file, in the order in which they stand there. */
export interface Spec {
  readonly name: string;
  readonly shape: readonly number[];
  /** Numbers of 32 bits where it is not said. */
  readonly dtype?: string;
}

/**
 * How many numbers some tensors have together.
 *
 * @throws where the list is none, before anything is made for it
 */
export function countOf(specs: unknown, file: string): number {
  const wrong = (what: string) =>
    new Error(`Expected a list of tensors with their shapes in ${file}, got ${what}`);
  if (!Array.isArray(specs)) throw wrong("none");
  const names = new Set<unknown>();
  let sum = 0;
  for (const spec of specs as readonly (Partial<Spec> | null)[]) {
    const { name, shape, dtype = "float32" } = spec ?? {};
    const told = JSON.stringify(name)?.slice(0, 100);
    if (typeof name !== "string" || names.has(name) || name === "__proto__") throw wrong(`the name ${told}`);
    if (
      !Array.isArray(shape) ||
      shape.length > 6 ||
      !shape.every((side) => Number.isInteger(side) && side >= 0)
    )
      throw wrong(`no shape for ${told}`);
    if (dtype !== "float32")
      throw wrong(`numbers of the type ${JSON.stringify(dtype).slice(0, 100)} for ${told}`);
    names.add(name);
    sum += shape.reduce((product, side) => product * side, 1);
  }
  if (!Number.isSafeInteger(sum)) throw wrong(`${sum} numbers`);
  return sum;
}

/** @throws where some are not finite, with the name of the first tensor that has such */
export function checkNumbers(numbers: Float32Array, specs: readonly Spec[], file: string): void {
  let at = 0;
  for (const { name, shape } of specs) {
    const end = at + shape.reduce((product, side) => product * side, 1);
    let sum = 0; // NaN as soon as one of them is not finite.
    for (; at < end; at++) sum += numbers[at] * 0;
    if (sum !== 0)
      throw new NoNumbers(
        `Expected finite numbers in ${file}, but ${name} holds values that are no numbers: ` +
          "the training that wrote them had diverged. Go on with an earlier checkpoint, and a lower `learningRate`.",
      );
  }
}

/** Thrown where weights are NaN or infinite. */
export class NoNumbers extends Error {}

/** Tensors of numbers that stand one after the other; the caller disposes of them. */
export function tensorsOf(numbers: Float32Array, specs: readonly Spec[]): NamedTensors {
  const named: NamedTensors = {};
  let at = 0;
  for (const { name, shape } of specs) {
    const size = shape.reduce((product, side) => product * side, 1);
    named[name] = tf.tensor(numbers.subarray(at, (at += size)), [...shape]);
  }
  return named;
}
