/**
 * All layers in one operation of NVIDIA's cuDNN, for a GPU. TensorFlow knows the operation everywhere and has a kernel
 * for it only where a GPU is. The weights are learned in cuDNN's own buffer (`cudnn-weights.ts`): nothing is converted in
 * a step. Of TensorFlow's versions of the operation only the third runs with cuDNN 9, which wants to be told all lengths.
 */
import { oneHot } from "../../layers/one-hot";
import {
  native,
  ownVariable,
  tf,
  type Attribute,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
  type Variable1D,
} from "../../tensorflow";
import { fromCudnn, learned, toCudnn } from "./cudnn-weights";
import type { LayerInput, LayerWeights } from "../layer";
import { inARow, runLayers, sideBySide, threeByThree, type MakeStack, type LayerStates } from "../stack";

/**
 * Plain stacks in one buffer and one call; where layers have to be told apart, a buffer and a call for each. Dropout is one of
 * the reasons: inside a call it would be drawn by a generator of cuDNN's whose place nobody can save, and a seed would not give
 * the same network twice.
 */
export const cudnnStack: MakeStack = (fresh, { skipConnections, everyOutput }) => {
  const together = skipConnections || everyOutput ? 1 : fresh.length;
  const cut = <Item>(items: readonly Item[]) =>
    Array.from({ length: fresh.length / together }, (_, part) =>
      items.slice(part * together, (part + 1) * together),
    );
  const parts = cut(fresh).map(partOf);
  const variables = parts.map(({ buffer }) => buffer);
  const layersOf = (held: readonly Tensor[]) =>
    parts.flatMap(({ inputs, neurons }, index) => fromCudnn(held[index] as Tensor1D, inputs, neurons));

  return {
    variables,
    get layers() {
      return layersOf(variables);
    },
    run: ({ ids, embedded }, state, { dropout } = {}) => {
      const width = embedded?.shape[2] ?? 0;
      const tokens = ids && (oneHot(ids, parts[0].inputs[0] - width) as Tensor3D);
      const read = sideBySide([embedded, tokens].filter((part) => part !== undefined))!;
      if (together === 1) {
        const run = ({ below }: LayerInput, index: number) => {
          const { output, state: after } = call(parts[index], below!, [state[index]]);
          return { hidden: output, state: after[0] };
        };
        return runLayers(parts.length, run, { embedded: read }, { skipConnections, dropout });
      }
      if (dropout) throw new Error("Expected `everyOutput` of a stack of which something is to be dropped");
      const { output, state: after } = call(parts[0], read, state);
      return { outputs: [output], state: after };
    },
    toKeras: (held) => inARow(layersOf(held)),
    fromKeras: (row) => cut(threeByThree(row)).map(toCudnn),
    dispose: () => tf.dispose(parts.flatMap(({ buffer, mask }) => [buffer, mask])),
  };
};

/** The layers that one call computes. */
interface Part {
  readonly buffer: Variable1D;
  /** 1 where a number of the buffer is learned. */
  readonly mask: Tensor1D;
  /** How many inputs each layer has. */
  readonly inputs: readonly number[];
  readonly neurons: number;
}

function partOf(layers: readonly LayerWeights[]): Part {
  return {
    buffer: ownVariable(() => toCudnn(layers)),
    mask: tf.keep(learned(layers)),
    inputs: layers.map(({ kernel }) => kernel.shape[0]),
    neurons: layers[0].recurrentKernel.shape[0],
  };
}

/** @param input [time, batch, inputs of the first layer] */
function call(
  { buffer, mask }: Part,
  input: Tensor3D,
  state: LayerStates,
): { output: Tensor3D; state: LayerStates } {
  const learns = tf.engine().isTapeOn();
  const attributes = cudnnAttributes();
  const training = { name: "is_training", type: native().binding.TF_ATTR_BOOL, value: learns };
  let after: LayerStates = [];

  const differentiable = tf.customGrad((...given: unknown[]) => {
    const [x, hidden, cell, weights, save] = given as [
      Tensor3D,
      Tensor3D,
      Tensor3D,
      Tensor1D,
      (tensors: Tensor[]) => void,
    ];
    const [time, batch] = x.shape;
    const before = [x, hidden, cell, weights, tf.fill([batch], time, "int32")];
    const result = execute("CudnnRNNV3", [...attributes, training], before, [], 4);
    const [output, hiddenAfter, cellAfter, reserve] = result.tensors;
    after = unstacked(hiddenAfter, cellAfter);
    if (!learns) result.release();
    save([...before, output, hiddenAfter, cellAfter, reserve]);
    const gradFunc = (gradient: Tensor, saved: Tensor[]) => {
      const reserve = saved[saved.length - 1];
      const nothing = tf.zerosLike(saved[1]); // that the states after the text are not read on
      const handed = [...saved.slice(0, -1), gradient, nothing, nothing, reserve];
      const back = execute("CudnnRNNBackpropV3", attributes, handed, result.raw, 4);
      result.release();
      const [ofInput, ofHidden, ofCell, ofBuffer] = back.tensors;
      return [ofInput, ofHidden, ofCell, ofBuffer.mul(mask)];
    };
    return { value: output, gradFunc };
  });
  const hidden = tf.stack(state.map((layer) => layer.hidden)); // [layers, batch, neurons]
  const cell = tf.stack(state.map((layer) => layer.cell));
  return { output: differentiable(input, hidden, cell, buffer) as Tensor3D, state: after };
}

/** The attributes that both operations share. */
export function cudnnAttributes(): Attribute[] {
  const { binding } = native();
  const text = (name: string, value: string) => ({ name, type: binding.TF_ATTR_STRING, value });
  const whole = (name: string, value: number) => ({ name, type: binding.TF_ATTR_INT, value });
  return [
    { name: "T", type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
    text("rnn_mode", "lstm"),
    text("input_mode", "linear_input"),
    text("direction", "unidirectional"),
    { name: "dropout", type: binding.TF_ATTR_FLOAT, value: 0 },
    whole("seed", 0),
    whole("seed2", 0),
    whole("num_proj", 0),
    { name: "time_major", type: binding.TF_ATTR_BOOL, value: true },
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
function unstacked(hidden: Tensor, cell: Tensor): LayerStates {
  const cells = tf.unstack(cell) as Tensor2D[];
  return (tf.unstack(hidden) as Tensor2D[]).map((layer, index) => ({
    hidden: tf.keep(layer),
    cell: tf.keep(cells[index]),
  }));
}
