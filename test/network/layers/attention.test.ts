import assert from "node:assert/strict";
import { random } from "../../../lib/base/random";
import { fused, reference, type Implementation } from "../../../lib/network/implementation";
import { Model } from "../../../lib/network/model";
import type { NetworkParams } from "../../../lib/network/params";
import { disposeState, namedState, type State } from "../../../lib/network/state";
import { assignCopy, tf, type Tensor, type Tensor2D } from "../../../lib/network/tensorflow";
import { Vocabulary } from "../../../lib/text/tokens/vocabulary";
import { close } from "../close";
import { scopedNative } from "../lstm/fused/needs-native";
import { characters, uniform } from "../lstm/random-tensors";

const letters = "abcdefghijklmnop";
const [time, batch] = [9, 5];
const textgenrnn = { embedding: 7, skipEmbedding: true, attention: true };
const shapes: readonly Partial<NetworkParams>[] = [
  { layers: 1, neurons: 5, steps: 4, attention: true },
  { layers: 2, neurons: 17, steps: 6, ...textgenrnn },
  { layers: 3, neurons: 9, steps: 2, skipConnections: true, attention: true },
  { layers: 2, neurons: 11, steps: 30, embedding: 3, skipConnections: true, attention: true },
  { layers: 2, neurons: 6, steps: 5, embedding: 5, skipEmbedding: true },
  { layers: 2, neurons: 6, steps: 5, embedding: 5, skipEmbedding: true, skipConnections: true },
  { layers: 2, neurons: 6, steps: 5, ...textgenrnn, level: "words", softmax: "adaptive", cutoffs: [3, 8] },
];

describe("a network whose head reads more than the layers", () => {
  scopedNative();
  afterEach(() => delete process.env.PALIMPSEST_THREADS);

  for (const params of shapes) {
    it(`learns in one operation what the reference learns: ${JSON.stringify(params)}`, async () => {
      const [own, right] = [
        threeSteps(await modelOf(params, inOneOperation)),
        threeSteps(await modelOf(params, reference)),
      ];
      right.numbers.forEach((number, index) => close(own.numbers[index], number, 1e-4, `number ${index}`));
      const [remembered, expected] = [own, right].map(({ after }) => namedState(after));
      assert.deepEqual(Object.keys(remembered), Object.keys(expected));
      for (const [name, tensor] of Object.entries(expected)) close(remembered[name], tensor, 1e-4, name);
    });
  }

  it("learns by gradients that equal numeric ones", async () => {
    const model = await modelOf({ layers: 2, neurons: 5, steps: 6, ...textgenrnn }, inOneOperation);
    const { after } = threeSteps(model);
    const [ids, targets] = [0, 1].map((stream) =>
      characters(random(3, stream), letters.length, [time, batch]),
    );
    const learn = () => model.learn(ids as Tensor2D, targets as Tensor2D, after, 0);
    const { gradients } = learn();
    const step = 1e-2;
    for (const [index, variable] of model.weights.variables.entries()) {
      const values = variable.dataSync().slice();
      for (const at of [0, values.length >> 1, values.length - 1]) {
        const [higher, lower] = [step, -step].map((by) => {
          assignCopy(
            variable,
            tf.tensor(
              values.map((value, place) => value + (place === at ? by : 0)),
              variable.shape,
            ),
          );
          return learn().crossEntropy.dataSync()[0];
        });
        assignCopy(variable, tf.tensor(values, variable.shape));
        const [numeric, own] = [(higher - lower) / (2 * step), gradients[index].dataSync()[at]];
        assert.ok(
          Math.abs(numeric - own) < 2e-3,
          `variable ${index} at ${at}: ${own}, by numbers ${numeric}`,
        );
      }
    }
  });

  it("learns the same bits on any number of threads", async () => {
    const params = { layers: 2, neurons: 17, steps: 6, ...textgenrnn, dropout: 0.2 };
    const results = [];
    for (const threads of [1, 2, 3, 16]) {
      process.env.PALIMPSEST_THREADS = String(threads);
      const { numbers, after } = threeSteps(await modelOf(params, inOneOperation));
      const all = [...numbers, ...Object.values(namedState(after))];
      results.push(all.map((tensor) => Array.from(tensor.dataSync())));
    }
    for (const result of results) assert.deepEqual(result, results[0]);
  });

  it("learns in bfloat16 by nearly the same gradients", async () => {
    const params = { layers: 2, neurons: 17, steps: 6, ...textgenrnn };
    const [exact, rough] = [
      threeSteps(await modelOf(params, inOneOperation)),
      threeSteps(await modelOf({ ...params, precision: "bf16" }, inOneOperation)),
    ];
    exact.numbers.forEach((number, index) => close(rough.numbers[index], number, 0.05, `number ${index}`));
    assert.notDeepEqual(rough.numbers[0].dataSync(), exact.numbers[0].dataSync());
  });
});

/** Which has no other way to learn. */
const inOneOperation: Implementation = {
  ...fused,
  problem: () => "",
  loss: () => assert.fail("Expected the losses to come of the one operation"),
};

/** A network none of whose weights are zero. */
async function modelOf(params: Partial<NetworkParams>, implementation: Implementation): Promise<Model> {
  const isOfWords = params.level === "words";
  const vocabulary = Vocabulary.fromJSON(isOfWords ? { words: [...letters] } : { characters: letters });
  const model = await Model.create(params, vocabulary, { implementation });
  const drawn = Array.from(model.weights, ([name, { shape }], index): [string, Tensor] => {
    return [name, uniform(random(1, index), shape, 0.6)];
  });
  model.weights.load(Object.fromEntries(drawn));
  return model;
}

/**
 * The losses and gradients of three steps, each of which looks back at the one before, some rows of the last one at nothing; and
 * what is remembered then.
 */
function threeSteps(model: Model): { readonly numbers: readonly Tensor[]; readonly after: State } {
  const numbers: Tensor[] = [];
  let state = model.zeroState(batch);
  for (const step of [0, 1, 2]) {
    const [ids, targets] = [0, 1].map((stream) => {
      return characters(random(2, step, stream), letters.length, [time, batch]) as Tensor2D;
    });
    const { crossEntropy, accuracy, gradients, state: after } = model.learn(ids, targets, state, 0);
    numbers.push(crossEntropy, accuracy, ...gradients);
    disposeState(state);
    state = step === 1 ? withNewTexts(after) : after;
  }
  return { numbers, after: state };
}

/** Every other row begins anew, as where a text ends. */
function withNewTexts({ layers, memory }: State): State {
  const rows = Array.from({ length: batch }, (_, row) => row % 2);
  const kept = <Kind extends Tensor>(tensor: Kind): Kind =>
    tensor.mul(tf.tensor(rows, [batch, ...tensor.shape.slice(1).fill(1)]));
  return {
    layers: layers.map(({ hidden, cell }) => ({ hidden: kept(hidden), cell: kept(cell) })),
    ...(memory && { memory: { features: kept(memory.features), present: kept(memory.present) } }),
  };
}
