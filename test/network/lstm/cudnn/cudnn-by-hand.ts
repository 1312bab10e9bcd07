/**
 * cuDNN's two operations in plain TensorFlow.js operations, to stand where TensorFlow has its own for a GPU only. Written
 * from cuDNN's documentation, not from lib: the equations of CUDNN_LSTM (cudnnRNNMode_t), and where in the buffer each
 * matrix and each bias begins (cudnnGetRNNWeightParams).
 */
import assert from "node:assert/strict";
import {
  native,
  tf,
  type Attribute,
  type NativeBackend,
  type RawOutput,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from "../../../../lib/network/tensorflow";
import { close } from "../../close";

export interface StandIn {
  /** The attributes of all calls of the two operations. */
  readonly calls: { name: string; attributes: Record<string, unknown> }[];
  /** How many handles that TensorFlow.js does not know of were handed out and not taken back. */
  readonly raw: number;
  /** How many times the values of a tensor were read since `watch`. */
  readonly reads: number;
  /** Operations that since `watch` read whole numbers on the CPU which a GPU had computed. */
  readonly waiting: string[];
  watch(): void;
  /** Puts the real operations back. */
  remove(): void;
}

/** What the forward operation leaves for the backward one. */
interface Forward {
  readonly inputs: Tensor[];
  readonly token: number;
}

const int8 = 6;

/** Puts the stand-in in place, until `remove`. */
export function standInForCudnn(): StandIn {
  const backend = native() as { -readonly [Key in keyof NativeBackend]: NativeBackend[Key] };
  const { binding, getInputTensorIds } = backend;
  const reserved = new Map<number, Forward>();
  const onDevice = new Set<number>();
  const calls: StandIn["calls"] = [];
  let handed: Tensor[] = [];
  let ours = false;
  let reads = 0;
  let waiting: string[] = [];

  /** The tensors' values under handles of their own, as an operation hands out its results. */
  const handOut = (tensors: Tensor[]): RawOutput[] => {
    const type = { name: "T", type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT };
    return getInputTensorIds
      .call(backend, tensors)
      .map((id) => binding.executeOp("Identity", [type], [id], 1)[0]);
  };

  const forward = (inputs: Tensor[]): RawOutput[] => {
    const [input, , , , lengths] = inputs;
    assert.deepEqual([...lengths.dataSync()], new Array(input.shape[1]).fill(input.shape[0]));
    const token = calls.length;
    const results = [...lstm(inputs.slice(0, 4)), tf.tensor1d([token])];
    const type = (name: string, value: number) => ({ name, type: binding.TF_ATTR_TYPE, value });
    const [one] = getInputTensorIds.call(backend, [tf.zeros([1])]);
    const cast = [type("SrcT", binding.TF_FLOAT), type("DstT", int8)];
    const [raw] = binding.executeOp("Cast", cast, [one], 1);
    reserved.set(raw.id, { inputs: inputs.map((tensor) => tf.keep(tensor.clone())), token });
    return [...handOut(results), raw];
  };

  const backward = (inputs: Tensor[], raw: number): RawOutput[] => {
    const known = reserved.get(raw);
    assert.ok(known, "the handle of the forward operation is not that of this one, or was given back");
    assert.equal(inputs.length, 12);
    known.inputs.forEach((tensor, index) =>
      assert.equal(inputs[index].dataId, tensor.dataId, `input ${index}`),
    );
    const [output, hidden, cell] = lstm(inputs.slice(0, 4));
    [output, hidden, cell].forEach((expected, index) => close(inputs[5 + index], expected));
    for (const index of [9, 10]) assert.ok(inputs[index].dataSync().every((value) => value === 0));
    assert.equal(inputs[11].dataSync()[0], known.token);
    // Gradients inside of gradients: TensorFlow.js forgets the outer tape.
    const { state } = tf.engine();
    const tape = state.activeTape;
    const outputOf = (...given: Tensor[]) => lstm(given)[0];
    const gradients = tf.grads(outputOf)(inputs.slice(0, 4), inputs[8]);
    state.activeTape = tape;
    return handOut(gradients);
  };

  backend.getInputTensorIds = (tensors) => {
    if (!ours) handed = tensors;
    return getInputTensorIds.call(backend, tensors);
  };
  const replaced = {
    executeOp(name: string, given: Attribute[], ids: number[], count: number): RawOutput[] {
      if (ours) return binding.executeOp(name, given, ids, count);
      let outputs: RawOutput[];
      if (name.startsWith("Cudnn")) {
        const attributes = Object.fromEntries(given.map((attribute) => [attribute.name, attribute.value]));
        calls.push({ name, attributes });
        ours = true;
        try {
          const work = () =>
            name === "CudnnRNNV3" ? forward(handed) : backward(handed, ids[ids.length - 1]);
          let made: RawOutput[] = [];
          tf.tidy(() => void (made = work()));
          outputs = made;
        } finally {
          ours = false;
        }
        assert.equal(outputs.length, count);
      } else {
        outputs = binding.executeOp(name, given, ids, count);
      }
      // Only what is whole numbers all along stays on the CPU; of what a GPU has made it is to read nothing.
      if (name !== "Cast" && ids.some((id) => onDevice.has(id))) waiting.push(name);
      const whole = handed.every(({ dtype }) => dtype === "int32");
      for (const { id, dtype } of outputs) if (!whole && dtype === binding.TF_INT32) onDevice.add(id);
      return outputs;
    },
    deleteTensor(id: number): void {
      const known = reserved.get(id);
      if (known) tf.dispose(known.inputs);
      reserved.delete(id);
      onDevice.delete(id);
      binding.deleteTensor(id);
    },
    tensorDataSync(id: number): unknown {
      if (!ours) reads++;
      return (binding as unknown as { tensorDataSync(id: number): unknown }).tensorDataSync(id);
    },
  };
  backend.binding = Object.create(binding, Object.getOwnPropertyDescriptors(replaced));

  return {
    calls,
    get raw() {
      return reserved.size;
    },
    get reads() {
      return reads;
    },
    get waiting() {
      return waiting;
    },
    watch: () => {
      reads = 0;
      waiting = [];
    },
    remove: () => {
      backend.binding = binding;
      backend.getInputTensorIds = getInputTensorIds;
    },
  };
}

/**
 * All layers over all time steps.
 *
 * @param inputs input [time, batch, inputs], hidden and cell [layers, batch, neurons], the buffer
 * @returns output [time, batch, neurons], hidden and cell after the last step
 */
function lstm([input, hidden, cell, buffer]: Tensor[]): Tensor[] {
  const [count, , neurons] = sides(hidden);
  const { matrices, biases } = regions(buffer as Tensor1D, sides(input)[2], neurons, count);
  let below = Array.from({ length: input.shape[0] }, (_, time) => row(input, time));
  const [lastHidden, lastCell]: Tensor[][] = [[], []];
  for (let layer = 0; layer < count; layer++) {
    let [h, c] = [row(hidden, layer), row(cell, layer)];
    below = below.map((x) => {
      const gate = (id: number) => {
        const fromInput = tf.matMul(x, matrices[layer][id], false, true).add(biases[layer][id]);
        return fromInput.add(tf.matMul(h, matrices[layer][4 + id], false, true)).add(biases[layer][4 + id]);
      };
      c = gate(1)
        .sigmoid()
        .mul(c)
        .add(gate(0).sigmoid().mul(gate(2).tanh())) as Tensor2D;
      h = gate(3).sigmoid().mul(c.tanh()) as Tensor2D;
      return h;
    });
    lastHidden.push(h);
    lastCell.push(c);
  }
  return [tf.stack(below), tf.stack(lastHidden), tf.stack(lastCell)];
}

/** The matrices and biases of each layer, by cuDNN's linLayerID: gates i, f, c, o of the input, then of the recurrence. */
function regions(buffer: Tensor1D, inputs: number, neurons: number, count: number) {
  let at = 0;
  const take = (shape: number[]) => {
    const length = shape.reduce((product, side) => product * side, 1);
    at += length;
    return buffer.slice(at - length, length).reshape(shape);
  };
  const each = (make: (layer: number, id: number) => Tensor) =>
    Array.from({ length: count }, (_, layer) => Array.from({ length: 8 }, (_, id) => make(layer, id)));
  const matrices = each((layer, id) => take([neurons, layer === 0 && id < 4 ? inputs : neurons]));
  const biases = each(() => take([neurons]));
  assert.equal(at, buffer.size, "the buffer has another size than cuDNN's");
  return { matrices: matrices as Tensor2D[][], biases: biases as Tensor1D[][] };
}

/** One of the matrices along the first axis. */
function row(tensor: Tensor, index: number): Tensor2D {
  const [, height, width] = sides(tensor);
  return tensor.slice([index, 0, 0], [1, height, width]).reshape([height, width]);
}

function sides({ shape }: Tensor): number[] {
  return shape;
}
