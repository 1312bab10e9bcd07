import assert from "node:assert/strict";
import { cudnnAttributes, cudnnStack } from "../../../lib/network/lstm/cudnn";
import { fromCudnn, toCudnn } from "../../../lib/network/lstm/cudnn-weights";
import {
  native,
  runtime,
  tf,
  type Tensor2D,
  type Variable1D,
  type Variable2D,
} from "../../../lib/network/tensorflow";

const neurons = 3;
const inputs = [5, neurons];

function layers() {
  return inputs.map((rows, layer) => ({
    kernel: tf.variable(tf.randomUniform([rows, 4 * neurons], -1, 1, "float32", layer)) as Variable2D,
    recurrentKernel: tf.variable(
      tf.randomUniform([neurons, 4 * neurons], -1, 1, "float32", 10 + layer),
    ) as Variable2D,
    bias: tf.variable(tf.randomUniform([4 * neurons], -1, 1, "float32", 20 + layer)) as Variable1D,
  }));
}

describe("the weights of cuDNN", () => {
  it("come back from cuDNN's layout as they went", () => {
    const before = layers();
    const after = fromCudnn(toCudnn(before), inputs, neurons);
    before.forEach((weights, layer) => {
      assert.deepEqual(after[layer].kernel.arraySync(), weights.kernel.arraySync());
      assert.deepEqual(after[layer].recurrentKernel.arraySync(), weights.recurrentKernel.arraySync());
      assert.deepEqual(after[layer].bias.arraySync(), weights.bias.arraySync());
    });
  });

  it("are one row for each unit of each gate, all matrices first, then two biases for each layer", () => {
    const buffer = toCudnn(layers()).dataSync();
    const [{ kernel, bias }] = layers();
    const column = (kernel.slice([0, 1], [5, 1]) as Tensor2D).dataSync(); // input gate, second unit
    assert.deepEqual(buffer.slice(5, 10), column);
    const matrices = 4 * neurons * (5 + 3 * neurons);
    assert.equal(buffer.length, matrices + 2 * 2 * 4 * neurons);
    assert.deepEqual(buffer.slice(matrices, matrices + 12), bias.dataSync());
    assert.deepEqual([...buffer.slice(matrices + 12, matrices + 24)], new Array(12).fill(0));
  });
});

// Where no GPU is, TensorFlow checks the attributes and the number of inputs, and then misses the kernel.
describe("cudnnStack", function () {
  before(function () {
    if (runtime.kind !== "native" || runtime.gpu) this.skip();
  });

  const zeros = () => tf.zeros([2, neurons]) as Tensor2D;
  const state = () => inputs.map(() => ({ hidden: zeros(), cell: zeros() }));

  it("calls an operation that TensorFlow knows, with attributes that it accepts", () => {
    const ids = tf.zeros([4, 2], "int32") as Tensor2D;
    const call = (skipConnections: boolean) => () =>
      tf.tidy(() => cudnnStack(layers(), { skipConnections }).run(ids, state()).output);
    assert.throws(
      call(false),
      /Could not find device for node.*CudnnRNNV3|No OpKernel was registered.*CudnnRNNV3/s,
    );
    assert.throws(
      call(true),
      /Could not find device for node.*CudnnRNNV3|No OpKernel was registered.*CudnnRNNV3/s,
    );
  });

  it("goes back by an operation that TensorFlow knows, with the inputs and attributes that it expects", () => {
    const { binding } = native();
    const attributes = cudnnAttributes(undefined, true).filter(({ name }) => name !== "is_training");
    const type = (name: string, value: number) => ({ name, type: binding.TF_ATTR_TYPE, value });
    const [one, lengths] = native().getInputTensorIds([tf.zeros([1]), tf.zeros([1], "int32")]);
    const int8 = 6;
    const [reserved] = binding.executeOp(
      "Cast",
      [type("SrcT", binding.TF_FLOAT), type("DstT", int8)],
      [one],
      1,
    );
    const inputs = [one, one, one, one, lengths, one, one, one, one, one, one, one, reserved.id];
    const call = () => binding.executeOp("CudnnRNNBackpropV3", attributes, inputs, 4);
    assert.throws(call, /Could not find device for node.*CudnnRNNBackpropV3|No OpKernel was registered/s);
  });

  it("would be told of an attribute that TensorFlow does not accept", () => {
    const attributes = cudnnAttributes(undefined, true).map((attribute) =>
      attribute.name === "rnn_mode" ? { ...attribute, value: "lstmm" } : attribute,
    );
    const one = tf.zeros([1]);
    const inputs = [one, one, one, one, tf.zeros([1], "int32")];
    const call = () => native().executeMultipleOutputs("CudnnRNNV3", attributes, inputs, 5);
    assert.throws(call, /Value for attr 'rnn_mode' of "lstmm" is not in the list of allowed values/);
  });
});
