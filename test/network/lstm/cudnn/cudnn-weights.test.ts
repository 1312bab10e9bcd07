import assert from "node:assert/strict";
import fc from "fast-check";
import { fromCudnn, learned, toCudnn } from "../../../../lib/network/lstm/cudnn/cudnn-weights";
import { tf, type Tensor2D } from "../../../../lib/network/tensorflow";
import { randomLayers } from "../random-tensors";

describe("the weights of cuDNN", () => {
  beforeEach(() => tf.engine().startScope());
  afterEach(() => tf.engine().endScope());

  it("come back from cuDNN's layout as they went, whatever their shapes", () => {
    const size = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(size, size, fc.array(size, { maxLength: 3 }), (units, first, others) => {
        tf.tidy(() => {
          const inputsOfEach = [first, ...others];
          const before = randomLayers(inputsOfEach, units);
          const after = fromCudnn(toCudnn(before), inputsOfEach, units);
          before.forEach((weights, layer) => {
            for (const name of ["kernel", "recurrentKernel", "bias"] as const) {
              assert.deepEqual(after[layer][name].arraySync(), weights[name].arraySync());
            }
          });
        });
      }),
      { numRuns: 40 },
    );
  });

  const neurons = 3;

  it("are one row for each unit of each gate, all matrices first, then two biases for each layer", () => {
    const layers = randomLayers([5, neurons], neurons);
    const buffer = toCudnn(layers).dataSync();
    const [{ kernel, bias }] = layers;
    const column = (kernel.slice([0, 1], [5, 1]) as Tensor2D).dataSync(); // input gate, second unit
    assert.deepEqual(buffer.slice(5, 10), column);
    const matrices = 4 * neurons * (5 + 3 * neurons);
    assert.equal(buffer.length, matrices + 2 * 2 * 4 * neurons);
    assert.deepEqual(buffer.slice(matrices, matrices + 12), bias.dataSync());
    assert.deepEqual([...buffer.slice(matrices + 12, matrices + 24)], new Array(12).fill(0));
  });

  it("are learned but for the second biases", () => {
    const mask = learned(randomLayers([5, neurons], neurons)).dataSync();
    const matrices = 4 * neurons * (5 + 3 * neurons);
    const biases = [1, 0, 1, 0].flatMap((value) => new Array<number>(12).fill(value));
    assert.deepEqual([...mask], [...new Array<number>(matrices).fill(1), ...biases]);
  });
});
