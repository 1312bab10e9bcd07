import assert from "node:assert/strict";
import { read } from "../../../../lib/network/lstm/fused/native-network";
import { clipAdam } from "../../../../lib/network/lstm/fused/native-loss-and-adam";
import { ownVariable, runtime, tf, type Tensor, type Tensor2D } from "../../../../lib/network/tensorflow";
import { random } from "../../../../lib/base/random";
import { close } from "../../close";
import { uniform } from "../random-tensors";
import { oneLayer } from "../fused/one-layer";

describe("TensorFlow.js around the module", function () {
  before(function () {
    if (runtime.kind !== "module") this.skip(); // `npm test` runs these with PALIMPSEST_LSTM=wasm
  });
  beforeEach(() => tf.engine().startScope());
  afterEach(() => tf.engine().endScope());

  const settings = {
    ...{ learningRate: 0.5, clipNorm: 0, weightDecay: 0, update: 1 },
    ...{ beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  };

  it("changes weights where they lie, and nothing that was made of them before", () => {
    const [weight, mean, square] = [3, 0, 0].map((fill) => ownVariable(() => tf.fill([4], fill)));
    const [copy, gradient] = [tf.slice(weight, 1, 2), tf.ones([4])];
    clipAdam([weight], [gradient], [mean], [square], settings);
    clipAdam([weight], [gradient], [mean], [square], settings);
    assert.ok(weight.dataSync().every((value) => value < 2.5));
    assert.deepEqual([...copy.dataSync()], [3, 3]);
  });

  it("gives whoever reads a copy, which nothing changes later", () => {
    const [weight, mean, square] = [3, 0, 0].map((fill) => ownVariable(() => tf.fill([2], fill)));
    clipAdam([weight], [tf.ones([2])], [mean], [square], settings);
    const values = weight.dataSync();
    const before = [...values];
    clipAdam([weight], [tf.ones([2])], [mean], [square], settings);
    assert.deepEqual([...values], before);
    assert.equal(values.buffer instanceof ArrayBuffer, true);
  });

  it("keeps what a slice shares with its tensor as long as the slice is there", () => {
    const neurons = 4;
    const weights = oneLayer({ neurons, vocabulary: 3 }, tf.ones);
    const ids = tf.ones([5, 2], "int32") as Tensor2D;
    const state = [{ hidden: tf.zeros([2, neurons]) as Tensor2D, cell: tf.zeros([2, neurons]) as Tensor2D }];
    const { logits } = read(weights, ids, state);
    const expected = [...logits.dataSync().subarray(9, 15)];
    const last = logits.slice([3, 0], [2, 3]);
    logits.dispose();
    for (let turn = 0; turn < 5; turn++) read(weights, ids, state); // into memory that is free
    assert.deepEqual([...last.dataSync()], expected);
  });

  for (const [a, b, transposeA, transposeB] of [
    [[1, 1], [1, 1], false, false],
    [[7, 13], [13, 33], false, false],
    [[13, 7], [13, 33], true, false],
    [[7, 600], [33, 600], false, true],
    [[130, 129], [31, 130], true, true],
    [[5, 3, 6, 9], [5, 3, 9, 17], false, false],
    [[9, 9, 6], [9, 17, 9], true, true],
    [[64, 65, 33], [64, 65, 40], true, false],
  ] as const)
    it(`multiplies matrices as JavaScript does: ${JSON.stringify([a, b, transposeA, transposeB])}`, () => {
      const draw = random(3);
      const [left, right] = [a, b].map((shape) => uniform(draw, [...shape], 1));
      const { kernelFunc } = tf.getKernel("BatchMatMul", "cpu");
      const given = {
        inputs: { a: left, b: right },
        attrs: { transposeA, transposeB },
        backend: tf.backend(),
      };
      const { dataId, shape } = kernelFunc(given as never) as Tensor;
      const expected = tf.engine().makeTensorFromDataId(dataId, shape, "float32");
      for (const threads of ["1", "3"]) {
        process.env.PALIMPSEST_THREADS = threads;
        close(tf.matMul(left, right, transposeA, transposeB), expected, 1e-5, `${threads} threads`);
      }
      delete process.env.PALIMPSEST_THREADS;
    });

  it("multiplies what its module does not, in JavaScript: one matrix by several, and none", () => {
    const [several, one] = [tf.ones([3, 2, 4]), tf.ones([4, 5])];
    assert.deepEqual([...tf.matMul(several, one).dataSync()], new Array(30).fill(4));
    assert.deepEqual(tf.matMul(tf.ones([0, 4]), one).shape, [0, 5]);
  });
});
