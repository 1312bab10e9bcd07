/**
 * The one buffer in which cuDNN keeps the weights of all layers: first the matrices of each layer, gate by gate, input
 * then recurrent, each with a row for each unit; then all biases, of which cuDNN has two for each gate. (cuDNN API,
 * cudnnGetRNNWeightParams; the gates have Keras' order.)
 */
import { tf, type Tensor, type Tensor1D, type Tensor2D } from "../tensorflow";

/** Weights, or their gradients, in Keras' layout; see `LayerWeights`. */
export interface LayerTensors {
  readonly kernel: Tensor2D;
  readonly recurrentKernel: Tensor2D;
  readonly bias: Tensor1D;
}

/** From Keras' layout into cuDNN's; the second bias of each gate is zero. */
export function toCudnn(layers: readonly LayerTensors[]): Tensor1D {
  return tf.tidy(() => {
    // [inputs, 4 × neurons] transposed is four blocks [neurons, inputs], one a gate.
    const matrices = layers.flatMap(({ kernel, recurrentKernel }) =>
      [kernel, recurrentKernel].map(transposed),
    );
    const biases = layers.flatMap(({ bias }) => [bias, tf.zerosLike(bias)]);
    return tf.concat1d([...matrices, ...biases] as Tensor1D[]);
  });
}

/**
 * From cuDNN's layout into Keras': the first bias of each gate. What one has as a gradient, the other has too.
 *
 * @param inputs how many inputs each layer has
 */
export function fromCudnn(buffer: Tensor1D, inputs: readonly number[], neurons: number): LayerTensors[] {
  const gates = 4 * neurons;
  let at = 0;
  const matrix = (rows: number) => {
    const part = buffer.slice(at, rows * gates);
    at += rows * gates;
    return tf.transpose(part.reshape([gates, rows])) as Tensor2D;
  };
  const matrices = inputs.map((rows) => ({ kernel: matrix(rows), recurrentKernel: matrix(neurons) }));
  return matrices.map((weights, layer) => ({
    ...weights,
    bias: buffer.slice(at + 2 * layer * gates, gates),
  }));
}

function transposed(matrix: Tensor2D): Tensor {
  return tf.transpose(matrix).flatten();
}
