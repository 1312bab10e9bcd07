import assert from "node:assert/strict";
import { backendName } from "../../../../lib/network/lstm/wasm/backend";
import { gather, stridesOf } from "../../../../lib/network/lstm/wasm/kernels";
import { random } from "../../../../lib/base/random";
import { runtime, tf, type Tensor } from "../../../../lib/network/tensorflow";
import { close } from "../../close";
import { uniform } from "../random-tensors";

describe("operations along rows", function () {
  beforeEach(() => tf.engine().startScope());
  afterEach(() => tf.engine().endScope());

  it("read numbers as they lie in another order, again and again, or in part", () => {
    const values = Float32Array.of(1, 2, 3, 4, 5, 6);
    assert.deepEqual(stridesOf([2, 3, 4]), [12, 4, 1]);
    assert.deepEqual([...gather(values, { shape: [3, 2], strides: [1, 3], offset: 0 })], [1, 4, 2, 5, 3, 6]);
    assert.deepEqual([...gather(values, { shape: [2, 2], strides: [0, 1], offset: 2 })], [3, 4, 3, 4]);
    assert.deepEqual([...gather(values, { shape: [0, 2], strides: [2, 1], offset: 0 })], []);
  });

  const draw = random(8);
  const shapes = (...given: number[][]) => given.map((shape) => uniform(draw, shape, 2));
  const cases: [kernel: string, inputs: () => Record<string, Tensor>, attributes?: object][] = [
    ["Slice", () => ({ x: uniform(draw, [4, 5, 6], 1) }), { begin: [1, 0, 2], size: [2, -1, 3] }],
    ["Slice", () => ({ x: uniform(draw, [4, 5], 1) }), { begin: [1, 0], size: [2, 5] }],
    ["Transpose", () => ({ x: uniform(draw, [4, 5, 6], 1) }), { perm: [2, 0, 1] }],
    ["SplitV", () => ({ x: uniform(draw, [4, 7, 2], 1) }), { numOrSizeSplits: [3, -1], axis: 1 }],
    ["SplitV", () => ({ x: uniform(draw, [4, 6], 1) }), { numOrSizeSplits: 2, axis: -1 }],
    ["Softmax", () => ({ logits: uniform(draw, [3, 4, 9], 50) }), { dim: -1 }],
    ...["Add", "Sub", "Multiply", "RealDiv", "Maximum", "Minimum", "Equal", "GreaterEqual"].flatMap(
      (name): [string, () => Record<string, Tensor>][] => [
        [name, () => pair(shapes([3, 1, 5], [4, 1]))],
        [name, () => pair(shapes([6], [2, 3, 6]))],
      ],
    ),
  ];
  for (const [kernel, inputs, attrs = {}] of cases)
    it(`compute what TensorFlow.js does: ${kernel} ${JSON.stringify(attrs)}`, function () {
      if (runtime.kind !== "module") this.skip(); // `npm test` runs these with PALIMPSEST_LSTM=wasm
      const given = { inputs: inputs(), attrs, backend: tf.backend() };
      const [ours, theirs] = [backendName, "cpu"].map((backend) => {
        const made = tf.getKernel(kernel, backend).kernelFunc(given as never);
        return [made]
          .flat()
          .map(({ dataId, shape, dtype }) => tf.engine().makeTensorFromDataId(dataId, shape, dtype));
      });
      assert.equal(ours.length, theirs.length);
      ours.forEach((tensor, index) => {
        assert.equal(tensor.dtype, theirs[index].dtype);
        close(tensor, theirs[index], 1e-6);
      });
    });

  it("leave no number in a row of a softmax that has one that is none", function () {
    if (runtime.kind !== "module") this.skip();
    const shares = tf.tensor2d([NaN, 1, 1, 1], [2, 2]).softmax().dataSync();
    assert.deepEqual([...shares], [NaN, NaN, 0.5, 0.5]);
  });
});

function pair([a, b]: Tensor[]): Record<string, Tensor> {
  return { a, b };
}
