/**
 * The one buffer in which cuDNN keeps the weights of all layers: first the matrices of each layer, gate by gate, input
 * then recurrent, each with a row for each unit; then all biases, of which cuDNN has two for each gate, that of the input
 * and that of the recurrent matrix. (cuDNN API, cudnnGetRNNWeightParams; the gates have Keras' order.)
 *
 * The network learns in this layout. Adam and clipping do not mind where a number stands, but two biases that are added
 * would move twice as far as one: so the second one stays at zero, where `learned` takes its gradient away, and the first
 * one is Keras' bias.
 */
import { tf, type Tensor, type Tensor1D, type Tensor2D } from "../../tensorflow";
import type { LayerWeights } from "../layer";

/** From Keras' layout into cuDNN's; the second bias of each gate is zero. */
export function toCudnn(layers: readonly LayerWeights[]): Tensor1D {
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
 * From cuDNN's layout into Keras': weights, their gradients or the averages of those, with the first bias of each gate.
 * Call it inside `tf.tidy`.
 *
 * @param inputs how many inputs each layer has
 */
export function fromCudnn(buffer: Tensor1D, inputs: readonly number[], neurons: number): LayerWeights[] {
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

/** 1 where a number of the buffer is learned, 0 at the second biases. */
export function learned(layers: readonly LayerWeights[]): Tensor1D {
  return tf.tidy(() =>
    toCudnn(
      layers.map(({ kernel, recurrentKernel, bias }) => ({
        kernel: tf.onesLike(kernel),
        recurrentKernel: tf.onesLike(recurrentKernel),
        bias: tf.onesLike(bias),
      })),
    ),
  );
}

function transposed(matrix: Tensor2D): Tensor {
  return tf.transpose(matrix).flatten();
}
