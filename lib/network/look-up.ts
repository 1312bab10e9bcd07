/** Rows of a matrix by their numbers. */
import { oneHot } from "./one-hot";
import { runtime, tf, type Tensor, type Tensor2D, type Tensor3D } from "./tensorflow";

/**
 * Differentiable by the matrix. It is a product with one-hot rows, and has to be computed as one where there is no
 * TensorFlow: WebAssembly has no gradient of `gather`.
 *
 * @param matrix [rows, columns]
 * @param ids int32: [time, batch]
 * @returns [time, batch, columns]
 */
export function lookUp(matrix: Tensor2D, ids: Tensor2D): Tensor3D {
  if (runtime.kind === "native") return tf.gather<Tensor>(matrix, ids) as Tensor3D;
  const [rows, columns] = matrix.shape;
  const [time, batch] = ids.shape;
  return tf.matMul(oneHot(ids.flatten(), rows), matrix).reshape([time, batch, columns]);
}
