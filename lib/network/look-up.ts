/** Rows of a matrix by their numbers. */
import { oneHot } from "./one-hot";
import { runtime, tf, type Tensor, type Tensor2D, type Tensor3D } from "./tensorflow";

/**
 * Differentiable by the matrix. On TensorFlow.js' own WebAssembly it is a product with one-hot rows, because that has no
 * gradient of `gather`.
 *
 * @param matrix [rows, columns]
 * @param ids int32: [time, batch]
 * @returns [time, batch, columns]
 */
export function lookUp(matrix: Tensor2D, ids: Tensor2D): Tensor3D {
  if (runtime.kind === "native") return tf.gather<Tensor>(matrix, ids) as Tensor3D;
  const [rows, columns] = matrix.shape;
  const [time, batch] = ids.shape;
  if (runtime.kind === "module") return gathered(matrix, ids);
  return tf.matMul(oneHot(ids.flatten(), rows), matrix).reshape([time, batch, columns]);
}

/** In plain JavaScript, whose own gradient of `gather` goes through all ids once for each row. */
function gathered(matrix: Tensor2D, ids: Tensor2D): Tensor3D {
  const differentiable = tf.customGrad((...given: unknown[]) => {
    const [rows, save] = given as [Tensor2D, (tensors: Tensor[]) => void];
    save([ids]);
    const gradFunc = (gradient: Tensor, [saved]: Tensor[]) => sumOfRows(gradient, saved, matrix.shape);
    return { value: tf.gather<Tensor>(rows, ids), gradFunc };
  });
  return differentiable(matrix) as Tensor3D;
}

/** Adds up the rows that have the same number. */
function sumOfRows(values: Tensor, ids: Tensor, [rows, columns]: [number, number]): Tensor2D {
  const sums = new Float32Array(rows * columns);
  const given = values.dataSync();
  ids.dataSync().forEach((id, row) => {
    for (let column = 0; column < columns; column++)
      sums[id * columns + column] += given[row * columns + column];
  });
  return tf.tensor2d(sums, [rows, columns]);
}
