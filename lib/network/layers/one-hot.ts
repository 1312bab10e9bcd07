/** Ids as the network multiplies with them. */
import { runtime, tf, type Tensor } from "../tensorflow";

/**
 * A row of zeros for each id, with a one at its place: float32 [..., depth].
 *
 * @param ids int32, of any shape
 * @example oneHot(tf.tensor1d([2, 0], "int32"), 3) // [[0, 0, 1], [1, 0, 0]]
 */
export function oneHot(ids: Tensor, depth: number): Tensor {
  // WebAssembly writes whole numbers, whatever type it is asked for.
  if (runtime.kind === "wasm") return tf.oneHot(ids, depth).cast("float32");
  return tf.oneHot(ids, depth, 1, 0, "float32");
}
