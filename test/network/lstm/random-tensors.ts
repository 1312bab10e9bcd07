/** Tensors of random numbers for the tests of what computes layers. */
import type { LayerWeights } from "../../../lib/network/lstm/layer";
import { tf, type Tensor, type Tensor1D, type Tensor2D } from "../../../lib/network/tensorflow";
import type { Random } from "../../../lib/base/random";

/** Uniform in ±size. */
export function uniform(draw: Random, shape: number[], size: number): Tensor {
  const length = shape.reduce((product, side) => product * side, 1);
  return tf.tensor(
    Float32Array.from({ length }, () => (2 * draw() - 1) * size),
    shape,
  );
}

/** Below `vocabulary`, int32. */
export function characters(draw: Random, vocabulary: number, shape: number[]): Tensor {
  const length = shape.reduce((product, side) => product * side, 1);
  return tf.tensor(
    Int32Array.from({ length }, () => draw() * vocabulary),
    shape,
    "int32",
  );
}

/** The same in each call. */
export function randomLayers(inputsOfEach: readonly number[], neurons: number): LayerWeights[] {
  const drawn = (shape: number[], seed: number) => tf.randomUniform(shape, -1, 1, "float32", seed);
  return inputsOfEach.map((rows, layer) => ({
    kernel: drawn([rows, 4 * neurons], layer) as Tensor2D,
    recurrentKernel: drawn([neurons, 4 * neurons], 10 + layer) as Tensor2D,
    bias: drawn([4 * neurons], 20 + layer) as Tensor1D,
  }));
}
