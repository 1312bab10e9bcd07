/** Dropout with a seed: which outputs of a layer are silenced in one training step. */
import { random } from "../../base/random";
import { callTensorflow, runtime, tf, type Tensor } from "../tensorflow";

/**
 * A mask to multiply with: zero with probability `rate`, else 1 / (1 - rate), so that the mean stays.
 *
 * @param place numbers that tell this mask from others of the same seed: the iteration, the layer
 */
export function dropoutMask(shape: number[], rate: number, seed: number, ...place: number[]): Tensor {
  return tf.tidy(() =>
    uniform(shape, random(seed, ...place))
      .greaterEqual(rate)
      .div(1 - rate),
  );
}

/** Uniform in [0, 1). Native TensorFlow has an operation for it (Philox), which saves half the time of a small step. */
function uniform(shape: number[], draw: () => number): Tensor {
  const size = shape.reduce((product, length) => product * length, 1);
  if (runtime.kind !== "native") {
    return tf.tensor(Float32Array.from({ length: size }, draw), shape);
  }
  const types = { dtype: "TF_FLOAT", T: "TF_INT32", Tseed: "TF_INT32" } as const;
  const seeds = tf.tensor1d([draw() * 0x7fffffff, draw() * 0x7fffffff], "int32");
  const inputs = [tf.tensor1d(shape, "int32"), seeds];
  return callTensorflow("StatelessRandomUniform", inputs, types, 1)[0];
}
