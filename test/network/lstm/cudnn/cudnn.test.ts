import assert from "node:assert/strict";
import { cudnnAttributes, cudnnStack } from "../../../../lib/network/lstm/cudnn/cudnn";
import { native, runtime, tf, type Tensor2D } from "../../../../lib/network/tensorflow";
import { randomLayers } from "../random-tensors";

const neurons = 3;
const inputs = [5, neurons];

// Where no GPU is, TensorFlow checks the attributes and the number of inputs, and then misses the kernel.
describe("cudnnStack", function () {
  before(function () {
    if (runtime.kind !== "native" || runtime.gpu) this.skip();
  });

  const zeros = () => tf.zeros([2, neurons]) as Tensor2D;
  const state = () => inputs.map(() => ({ hidden: zeros(), cell: zeros() }));

  it("calls an operation that TensorFlow knows, with attributes that it accepts", () => {
    const ids = tf.zeros([4, 2], "int32") as Tensor2D;
    const withSkips = () => randomLayers([5, neurons + 5], neurons);
    for (const stack of [
      cudnnStack(randomLayers(inputs, neurons), { skipConnections: false }),
      cudnnStack(withSkips(), { skipConnections: true }),
    ]) {
      assert.throws(
        () => tf.tidy(() => stack.run({ ids }, state()).outputs[0]),
        /Could not find device for node.*CudnnRNNV3|No OpKernel was registered.*CudnnRNNV3/s,
      );
      stack.dispose();
    }
  });

  it("goes back by an operation that TensorFlow knows, with the inputs and attributes that it expects", () => {
    const { binding } = native();
    const attributes = cudnnAttributes();
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
    const attributes = cudnnAttributes().map((attribute) =>
      attribute.name === "rnn_mode" ? { ...attribute, value: "lstmm" } : attribute,
    );
    const one = tf.zeros([1]);
    const inputs = [one, one, one, one, tf.zeros([1], "int32")];
    const call = () => native().executeMultipleOutputs("CudnnRNNV3", attributes, inputs, 5);
    assert.throws(call, /Value for attr 'rnn_mode' of "lstmm" is not in the list of allowed values/);
  });

  it("drops nothing inside a call, where no seed brings the same masks back", () => {
    const stack = cudnnStack(randomLayers(inputs, neurons), { skipConnections: false });
    const dropout = { rate: 0.5, seed: 1, place: 1 };
    const ids = tf.zeros([4, 2], "int32") as Tensor2D;
    assert.throws(() => tf.tidy(() => stack.run({ ids }, state(), { dropout }).outputs[0]), /`everyOutput`/);
    stack.dispose();
  });
});
