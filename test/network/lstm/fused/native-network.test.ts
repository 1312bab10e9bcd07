import assert from "node:assert/strict";
import { choose } from "../../../../lib/generate/choose";
import {
  generate,
  learn,
  read,
  type NetworkWeights,
} from "../../../../lib/network/lstm/fused/native-network";
import { softmaxCrossEntropy } from "../../../../lib/network/lstm/fused/native-loss-and-adam";
import type { LayerStates } from "../../../../lib/network/lstm/stack";
import type { Precision } from "../../../../lib/network/params";
import { tf, type Tensor, type Tensor1D, type Tensor2D } from "../../../../lib/network/tensorflow";
import { random } from "../../../../lib/base/random";
import { close } from "../../close";
import { crossEntropy, numericGradient, type HandBatch, type HandWeights, type Matrix } from "../by-hand";
import { scopedNative } from "./needs-native";
import { characters, uniform } from "../random-tensors";

describe("the native operations of a whole network", function () {
  scopedNative();
  afterEach(() => delete process.env.PALIMPSEST_THREADS);

  for (const shape of [
    { layers: 1, time: 1, batch: 1, neurons: 5, vocabulary: 3 },
    { layers: 1, time: 4, batch: 3, neurons: 17, vocabulary: 5 },
    { layers: 2, time: 2, batch: 3, neurons: 17, vocabulary: 4 },
    { layers: 3, time: 3, batch: 2, neurons: 5, vocabulary: 4, skipConnections: true },
    { layers: 2, time: 2, batch: 3, neurons: 17, vocabulary: 3, rate: 0.4 },
    { layers: 2, time: 3, batch: 3, neurons: 6, vocabulary: 3, rate: 0.4, skipConnections: true },
    { layers: 10, time: 2, batch: 1, neurons: 3, vocabulary: 4 },
    { layers: 10, time: 2, batch: 1, neurons: 2, vocabulary: 3, skipConnections: true },
  ]) {
    it(`learn by gradients that equal numeric ones: ${JSON.stringify(shape)}`, () =>
      compareNumerically(shape));
  }

  it("learn the same bits on any number of threads", () => {
    const network = networkOf({ layers: 2, neurons: 33, vocabulary: 40, skipConnections: true });
    const { ids, targets, state } = batchOf(network, 9, 13);
    const results = [1, 2, 3, 16].map((threads) => {
      process.env.PALIMPSEST_THREADS = String(threads);
      const { crossEntropy, gradients } = learn(network.weights, ids, targets, state, {
        rate: 0.1,
        keys: [1, 2],
      });
      return [crossEntropy, ...gradients].map((tensor) => Array.from(tensor.dataSync()));
    });
    for (const result of results) assert.deepEqual(result, results[0]);
  });

  it("learn in bfloat16 by nearly the same gradients, whatever the processor can do", () => {
    const network = networkOf({ layers: 3, neurons: 33, vocabulary: 20, skipConnections: true });
    const { ids, targets, state } = batchOf(network, 7, 13);
    const learnIn = (precision: Precision) =>
      learn(network.weights, ids, targets, state, { rate: 0.1, keys: [1, 2, 3] }, precision);
    const [exact, rough] = [learnIn("fp32"), learnIn("bf16")];
    close(rough.crossEntropy, exact.crossEntropy, 1e-3);
    exact.gradients.forEach((gradient, index) =>
      close(rough.gradients[index], gradient, 0.02, `gradient ${index}`),
    );
    assert.notDeepEqual(rough.gradients[0].dataSync(), exact.gradients[0].dataSync());
  });

  it("read what they learn: the same loss, and the same state after the last character", () => {
    const network = networkOf({ layers: 3, neurons: 20, vocabulary: 33 });
    const { ids, targets, state } = batchOf(network, 5, 4);
    const { logits, state: afterReading } = read(network.weights, ids, state);
    const flat = targets.reshape([20]) as Tensor1D;
    const learned = learn(network.weights, ids, targets, state);
    const loss = softmaxCrossEntropy(logits, flat);
    close(loss.crossEntropy, learned.crossEntropy);
    close(loss.accuracy, learned.accuracy);
    afterReading.forEach(({ hidden, cell }, layer) => {
      close(hidden, learned.state[layer].hidden);
      close(cell, learned.state[layer].cell);
    });
  });

  it("read in two parts as in one", () => {
    const network = networkOf({ layers: 2, neurons: 9, vocabulary: 6, skipConnections: true });
    const { ids, state } = batchOf(network, 6, 2);
    const whole = read(network.weights, ids, state);
    const first = read(network.weights, ids.slice([0, 0], [2, 2]), state);
    const second = read(network.weights, ids.slice([2, 0], [4, 2]), first.state);
    close(tf.concat([first.logits, second.logits]), whole.logits);
    close(second.state[1].cell, whole.state[1].cell);
  });

  for (const choice of [
    { temperature: 0, topK: 0, topP: 1 },
    { temperature: 0.8, topK: 0, topP: 1 },
    { temperature: 1.5, topK: 3, topP: 1 },
    { temperature: 1, topK: 5, topP: 0.7 },
  ]) {
    for (const skipConnections of [false, true]) {
      it(`write what reading and choosing one by one writes: ${JSON.stringify({ ...choice, skipConnections })}`, () => {
        const network = networkOf({ layers: 3, neurons: 17, vocabulary: 12, skipConnections });
        const draws = Array.from({ length: 40 }, random(5));
        const prompt = [1, 0, 7];
        const { state } = batchOf(network, 1, 1);
        const written = generate(network.weights, state, { prompt, draws, ...choice });
        const expected: number[] = [];
        let next = prompt;
        let current = state;
        for (const drawn of draws) {
          const result = read(network.weights, tf.tensor2d(next, [next.length, 1], "int32"), current);
          current = result.state;
          const scores = result.logits.slice([next.length - 1, 0], [1, 12]).dataSync() as Float32Array;
          next = [choose(scores, choice, drawn)];
          expected.push(next[0]);
        }
        assert.deepEqual(Array.from(written.ids), expected);
        written.state.forEach(({ hidden, cell }, layer) => {
          close(hidden, current[layer].hidden);
          close(cell, current[layer].cell);
        });
      });
    }
  }

  it("write the same on several threads as on one, and go on where they stopped", () => {
    const network = networkOf({ layers: 2, neurons: 300, vocabulary: 30 });
    const draws = Array.from({ length: 30 }, random(6));
    const { state } = batchOf(network, 1, 1);
    const options = { prompt: [1], draws, temperature: 1, topK: 0, topP: 1 };
    const [one, three] = [1, 3].map((threads) => {
      process.env.PALIMPSEST_THREADS = String(threads);
      return Array.from(generate(network.weights, state, options).ids);
    });
    assert.deepEqual(three, one);
    const first = generate(network.weights, state, { ...options, draws: draws.slice(0, 10) });
    const second = generate(network.weights, first.state, {
      ...options,
      prompt: [first.ids[9]],
      draws: draws.slice(10),
    });
    assert.deepEqual([...first.ids, ...second.ids], one);
  });

  it("only read where there is nothing to write", () => {
    const network = networkOf({ layers: 1, neurons: 4, vocabulary: 5 });
    const { state } = batchOf(network, 1, 1);
    const result = generate(network.weights, state, {
      prompt: [1, 2],
      draws: [],
      temperature: 1,
      topK: 0,
      topP: 1,
    });
    assert.equal(result.ids.length, 0);
    close(
      result.state[0].hidden,
      read(network.weights, tf.tensor2d([1, 2], [2, 1], "int32"), state).state[0].hidden,
    );
  });

  it("refuse shapes that do not fit and ids outside the vocabulary, and say what was expected", () => {
    const { weights } = networkOf({ layers: 1, neurons: 4, vocabulary: 5 });
    const { ids, state } = batchOf({ weights }, 3, 2);
    const bias = tf.zeros<Tensor1D["rankType"]>([15]);
    assert.throws(
      () => read({ ...weights, layers: [{ ...weights.layers[0], bias }] }, ids, state),
      /Expected `bias` of shape \[16\], got \[15\]/,
    );
    assert.throws(
      () => read(weights, ids.slice([0, 0], [3, 1]), state),
      /Expected `hidden` of shape \[1, 4\], got \[2, 4\]/,
    );
    assert.throws(
      () => read(weights, ids.add(tf.scalar(5, "int32")), state),
      /Expected `ids` from 0 to 4, got/,
    );
    const options = { prompt: [], draws: [0.5], temperature: 1, topK: 0, topP: 1 };
    assert.throws(() => generate(weights, state, options), /Expected a prompt of at least one character/);
  });

  it("leave no tensor behind but what they return", () => {
    const { weights } = networkOf({ layers: 2, neurons: 4, vocabulary: 5 });
    const { ids, targets, state } = batchOf({ weights }, 3, 1);
    const before = tf.memory().numTensors;
    tf.dispose(learn(weights, ids, targets, state) as never);
    tf.dispose(read(weights, ids, state) as never);
    tf.dispose(
      generate(weights, state, { prompt: [1], draws: [0.5], temperature: 1, topK: 0, topP: 1 })
        .state as never,
    );
    assert.equal(tf.memory().numTensors, before);
  });
});

interface Shape {
  layers: number;
  time: number;
  batch: number;
  neurons: number;
  vocabulary: number;
  skipConnections?: boolean;
  rate?: number;
}

function compareNumerically({ time, batch, rate = 0, ...shape }: Shape): void {
  const { neurons, skipConnections = false } = shape;
  const network = networkOf(shape);
  const { ids, targets, state } = batchOf(network, time, batch);
  const keys = network.weights.layers.map((_, layer) => 0x9e3779b9 * (layer + 1));
  const { crossEntropy: loss, gradients } = learn(network.weights, ids, targets, state, { rate, keys });

  const hand: HandWeights = {
    layers: network.weights.layers.map(({ kernel, recurrentKernel, bias }) => ({
      kernel: rowsOf(kernel),
      recurrentKernel: rowsOf(recurrentKernel),
      bias: rowsOf(bias),
    })),
    headKernel: rowsOf(network.weights.headKernel),
    headBias: rowsOf(network.weights.headBias),
  };
  const handBatch: HandBatch = {
    ids: rowsOf(ids),
    targets: rowsOf(targets),
    state: state.map(({ hidden, cell }) => ({ hidden: rowsOf(hidden), cell: rowsOf(cell) })),
    skipConnections,
    mask: rate > 0 ? (layer, place) => (dropped(place, keys[layer], rate) ? 0 : 1 / (1 - rate)) : undefined,
  };
  assert.ok(neurons > 0);
  const evaluate = () => crossEntropy(hand, handBatch);
  close(loss, tf.scalar(evaluate()));
  const matrices = [
    ...hand.layers.flatMap((layer) => [layer.kernel, layer.recurrentKernel, layer.bias]),
    hand.headKernel,
    hand.headBias,
  ];
  matrices.forEach((matrix, index) => {
    const expected = tf.tensor(numericGradient(matrix, evaluate).flat(), gradients[index].shape);
    close(gradients[index], expected, 1e-4, `gradient ${index}`);
  });
}

/** What `native/dropout.h` decides, in the words of TypeScript. */
function dropped(place: number, key: number, rate: number): boolean {
  return mix(mix(place) ^ key) >>> 0 < Math.floor(rate * 0x100000000);
}

function mix(value: number): number {
  let bits = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}

function networkOf({ layers, neurons, vocabulary, skipConnections = false }: Omit<Shape, "time" | "batch">): {
  weights: NetworkWeights;
} {
  const draw = random(3, layers, neurons, vocabulary);
  const columns = 4 * neurons;
  const weights = Array.from({ length: layers }, (_, layer) => {
    const rows = layer === 0 ? vocabulary : neurons + (skipConnections ? vocabulary : 0);
    return {
      kernel: uniform(draw, [rows, columns], 0.5) as Tensor2D,
      recurrentKernel: uniform(draw, [neurons, columns], 0.5) as Tensor2D,
      bias: uniform(draw, [columns], 0.5) as Tensor1D,
    };
  });
  const headRows = skipConnections ? layers * neurons : neurons;
  return {
    weights: {
      layers: weights,
      headKernel: uniform(draw, [headRows, vocabulary], 0.5) as Tensor2D,
      headBias: uniform(draw, [vocabulary], 0.5) as Tensor1D,
    },
  };
}

function batchOf(
  { weights }: { weights: NetworkWeights },
  time: number,
  batch: number,
): { ids: Tensor2D; targets: Tensor2D; state: LayerStates } {
  const draw = random(4, time, batch);
  const [vocabulary] = weights.headBias.shape;
  const [neurons] = weights.layers[0].recurrentKernel.shape;
  const state = weights.layers.map(() => ({
    hidden: uniform(draw, [batch, neurons], 1) as Tensor2D,
    cell: uniform(draw, [batch, neurons], 1) as Tensor2D,
  }));
  const ids = characters(draw, vocabulary, [time, batch]) as Tensor2D;
  return { ids, targets: characters(draw, vocabulary, [time, batch]) as Tensor2D, state };
}

function rowsOf(tensor: Tensor): Matrix {
  return (tensor.rank === 1 ? tensor.expandDims(0) : tensor).arraySync() as Matrix;
}
