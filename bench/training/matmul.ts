/** TensorFlow's product of two matrices: what the machine can do at best, against which a training step is held. */
import { tf } from "../../lib/network/tensorflow";
import type { Task } from "../answer";

/** @param options.size rows and columns of both matrices */
export function matmul({ size }: { size: number }): Task {
  const [a, b] = [1, 2].map((seed) => tf.randomUniform([size, size], -1, 1, "float32", seed));
  return {
    facts: { operations: 2 * size ** 3 },
    run: () => tf.tidy(() => a.matMul(b).slice([0, 0], [1, 1]).dataSync()[0]),
    close: () => tf.dispose([a, b]),
  };
}
