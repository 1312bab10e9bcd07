/** Rows of a matrix by their numbers. */
import { oneHot } from "./one-hot";
import { runtime, tf, type Tensor, type Tensor2D, type Tensor3D } from "../tensorflow";

/**
 * Differentiable by the matrix. On TensorFlow.js' own WebAssembly it is a product with one-hot rows, because that has no
 * gradient of `gather`. On a GPU the gradient is one: TensorFlow's own adds up rows in whatever order they come, and a seed
 * would not give the same network twice.
 *
 * @param matrix [rows, columns]
 * @param ids int32: [time, batch]
 * @returns [time, batch, columns]
 */
export function lookUp(matrix: Tensor2D, ids: Tensor2D): Tensor3D {
  const [rows, columns] = matrix.shape;
  const [time, batch] = ids.shape;
  if (runtime.gpu) return gathered(matrix, ids, productWithRows);
  if (runtime.kind === "native") return tf.gather<Tensor>(matrix, ids) as Tensor3D;
  if (runtime.kind === "module") return gathered(matrix, ids, sumOfRows);
  return tf.matMul(oneHot(ids.flatten(), rows), matrix).reshape([time, batch, columns]);
}

/** Adds up the rows of `values` that have the same number, into as many rows as `shape` says. */
type AddUp = (values: Tensor, ids: Tensor, shape: [number, number]) => Tensor2D;

function gathered(matrix: Tensor2D, ids: Tensor2D, addUp: AddUp): Tensor3D {
  const differentiable = tf.customGrad((...given: unknown[]) => {
    const [rows, save] = given as [Tensor2D, (tensors: Tensor[]) => void];
    save([ids]);
    const gradFunc = (gradient: Tensor, [saved]: Tensor[]) => addUp(gradient, saved, matrix.shape);
    return { value: tf.gather<Tensor>(rows, ids), gradFunc };
  });
  return differentiable(matrix) as Tensor3D;
}

const productWithRows: AddUp = (values, ids, [rows, columns]) =>
  tf.matMul(oneHot(ids.flatten(), rows) as Tensor2D, values.reshape([ids.size, columns]) as Tensor2D, true);

/** In plain JavaScript, whose own gradient of `gather` goes through all ids once for each row. */
const sumOfRows: AddUp = (values, ids, [rows, columns]) => {
  const sums = new Float32Array(rows * columns);
  const given = values.dataSync();
  ids.dataSync().forEach((id, row) => {
    for (let column = 0; column < columns; column++)
      sums[id * columns + column] += given[row * columns + column];
  });
  return tf.tensor2d(sums, [rows, columns]);
};
