/**
 * All layers in one operation of NVIDIA's cuDNN, for a GPU. TensorFlow knows the operation everywhere and has a kernel
 * for it only where a GPU is. The weights stay in Keras' layout and are converted at each call.
 */
import {
  native,
  tf,
  type Attribute,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
} from "../tensorflow";
import { fromCudnn, toCudnn, type LayerTensors } from "./cudnn-weights";
import type { Layer, LayerWeights } from "./layer";
import { drop, stackOf, type Dropout, type Stack, type State } from "./stack";

/** Plain stacks in one call, the dropout between the layers inside; with skip connections a call for each layer. */
export const cudnnStack: Stack = (ids, layers, state, options) => {
  if (options.skipConnections && layers.length > 1) return stackOf(cudnnLayer)(ids, layers, state, options);
  const { dropout } = options;
  const input = oneHot(ids, layers[0].kernel.shape[0]);
  const { output, state: after } = call(input, layers, state, dropout);
  return { output: dropout ? drop(output, dropout, layers.length - 1) : output, state: after };
};

const cudnnLayer: Layer = ({ ids, below }, weights, state) => {
  const width = below?.shape[2] ?? 0;
  const characters = ids ? [oneHot(ids, weights.kernel.shape[0] - width)] : [];
  const input = tf.concat([...(below ? [below] : []), ...characters], 2);
  const { output, state: after } = call(input, [weights], [state]);
  return { hidden: output, state: after[0] };
};

function oneHot(ids: Tensor2D, characters: number): Tensor3D {
  return tf.oneHot(ids, characters, 1, 0, "float32") as Tensor3D;
}

/** @param input [time, batch, inputs of the first layer] */
function call(
  input: Tensor3D,
  layers: readonly LayerWeights[],
  state: State,
  dropout?: Dropout,
): { output: Tensor3D; state: State } {
  const learns = tf.engine().isTapeOn();
  const attributes = cudnnAttributes(dropout, learns);
  const inputs = layers.map(({ kernel }) => kernel.shape[0]);
  const neurons = layers[0].recurrentKernel.shape[0];
  const weights = layers.flatMap(({ kernel, recurrentKernel, bias }) => [kernel, recurrentKernel, bias]);
  let after: State = [];

  const differentiable = tf.customGrad((...given: unknown[]) => {
    const save = given.pop() as (tensors: Tensor[]) => void;
    const x = given.shift() as Tensor3D;
    const buffer = toCudnn(layers);
    const hidden = tf.stack(state.map((layer) => layer.hidden)); // [layers, batch, neurons]
    const cell = tf.stack(state.map((layer) => layer.cell));
    const lengths = tf.fill([x.shape[1]], x.shape[0], "int32");
    const before = [x, hidden, cell, buffer, lengths];
    const result = execute("CudnnRNNV3", attributes, before, [], 4);
    const [output, hiddenAfter, cellAfter, reserve] = result.tensors;
    after = unstacked(hiddenAfter, cellAfter);
    if (!learns) result.release();
    save([...before, output, hiddenAfter, cellAfter, reserve]);
    const gradFunc = (gradient: Tensor, saved: Tensor[]) => {
      const [, hidden, cell] = saved;
      const [reserve] = saved.splice(8, 1);
      const zeros = [tf.zerosLike(hidden), tf.zerosLike(cell)];
      const handed = [...saved, gradient, ...zeros, reserve];
      const attributesBack = attributes.filter(({ name }) => name !== "is_training");
      const back = execute("CudnnRNNBackpropV3", attributesBack, handed, result.raw, 4);
      result.release();
      const [inputGradient, , , bufferGradient] = back.tensors;
      const gradients = fromCudnn(bufferGradient as Tensor1D, inputs, neurons);
      return [
        inputGradient,
        ...gradients.flatMap((layer: LayerTensors) => [layer.kernel, layer.recurrentKernel, layer.bias]),
      ];
    };
    return { value: output, gradFunc };
  });
  return { output: differentiable(input, ...weights) as Tensor3D, state: after };
}

/** The attributes that both operations share, and whether the forward one keeps what the backward one needs. */
export function cudnnAttributes(dropout: Dropout | undefined, learns: boolean): Attribute[] {
  const { binding } = native();
  const text = (name: string, value: string) => ({ name, type: binding.TF_ATTR_STRING, value });
  const whole = (name: string, value: number) => ({ name, type: binding.TF_ATTR_INT, value });
  const truth = (name: string, value: boolean) => ({ name, type: binding.TF_ATTR_BOOL, value });
  return [
    { name: "T", type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
    text("rnn_mode", "lstm"),
    text("input_mode", "linear_input"),
    text("direction", "unidirectional"),
    { name: "dropout", type: binding.TF_ATTR_FLOAT, value: dropout?.rate ?? 0 },
    whole("seed", dropout?.seed ?? 0),
    whole("seed2", dropout?.place ?? 0),
    whole("num_proj", 0),
    truth("time_major", true),
    truth("is_training", learns),
  ];
}

/**
 * Calls an operation whose last output, and therefore whose last input on the way back, has a type that TensorFlow.js
 * does not know (int8): it stays a raw handle of the binding.
 *
 * @param raw handles that follow the tensors as inputs
 * @param known how many outputs are tensors; those after them stay raw until `release`
 */
function execute(
  name: string,
  attributes: Attribute[],
  inputs: Tensor[],
  raw: readonly number[],
  known: number,
) {
  const backend = native();
  const ids = [...backend.getInputTensorIds(inputs), ...raw];
  const forward = name === "CudnnRNNV3";
  const outputs = backend.binding.executeOp(name, attributes, ids, forward ? known + 1 : known);
  const rest = outputs.slice(known).map(({ id }) => id);
  return {
    tensors: outputs.slice(0, known).map((output) => backend.createOutputTensor(output)),
    raw: rest,
    release: () => rest.splice(0).forEach((id) => backend.binding.deleteTensor(id)),
  };
}

/** The state of each layer, kept, out of all of them: [layers, batch, neurons] twice. */
function unstacked(hidden: Tensor, cell: Tensor): State {
  const cells = tf.unstack(cell) as Tensor2D[];
  return (tf.unstack(hidden) as Tensor2D[]).map((layer, index) => ({
    hidden: tf.keep(layer),
    cell: tf.keep(cells[index]),
  }));
}
