import assert from "node:assert/strict";
import { write } from "../../lib/generate/generate";
import { chooseImplementation, fused, implementations, reference } from "../../lib/network/implementation";
import { Model } from "../../lib/network/model";
import { disposeState } from "../../lib/network/state";
import { runtime, tf, type Tensor2D } from "../../lib/network/tensorflow";
import { random } from "../../lib/base/random";
import { Vocabulary } from "../../lib/text/tokens/vocabulary";
import { findCompiler } from "../../setup/tensorflow/compiler";
import { close } from "./close";

const vocabulary = Vocabulary.of(["abcdefg \n"]);
const fast = implementations.filter((one) => one !== reference && one.problem() === "");
const skipped = implementations.filter((one) => one.problem() !== "");

/** Loss, accuracy, gradients and state after a step on random characters and a random state. */
function stepOf(model: Model, time: number, batch: number) {
  const draw = random(7);
  const ids = () => Int32Array.from({ length: time * batch }, () => Math.floor(draw() * vocabulary.size));
  const [inputs, targets] = [ids(), ids()];
  const layers = model.weights.layers.map((_, layer) => ({
    hidden: tf.randomUniform([batch, model.params.neurons], -1, 1, "float32", layer) as Tensor2D,
    cell: tf.randomUniform([batch, model.params.neurons], -1, 1, "float32", 50 + layer) as Tensor2D,
  }));
  const matrix = (values: Int32Array) => tf.tensor2d(values, [time, batch], "int32");
  return model.learn(matrix(inputs), matrix(targets), { layers }, 3);
}

describe("implementations", () => {
  for (const { name, problem } of skipped) it(`of the LSTM: ${name} does not run here: ${problem()}`);

  it("are chosen by name, and refused by name with a reason", () => {
    assert.equal(chooseImplementation("reference"), reference);
    assert.throws(
      () => chooseImplementation("fast"),
      /Expected one of cudnn, fused, wasm, reference, got "fast"/,
    );
    for (const { name } of skipped) assert.throws(() => chooseImplementation(name), /does not run here: /);
  });

  it("of the LSTM include the fused one wherever there is a compiler to build it", function () {
    if (findCompiler(process.cwd()) === undefined || runtime.kind !== "native") this.skip();
    assert.equal(fused.problem(), "");
  });

  const shapes = [
    { time: 6, batch: 3, neurons: 17, layers: 2 },
    { time: 1, batch: 1, neurons: 5, layers: 1 },
    { time: 4, batch: 1, neurons: 8, layers: 10 },
    { time: 3, batch: 5, neurons: 17, layers: 3, skipConnections: true },
    { time: 5, batch: 33, neurons: 16, layers: 2, dropout: 0.3 },
    { time: 4, batch: 3, neurons: 6, layers: 2, embedding: 5 },
    { time: 4, batch: 3, neurons: 6, layers: 3, embedding: 5, skipConnections: true },
    { time: 3, batch: 2, neurons: 5, layers: 2, embedding: 4, skipEmbedding: true },
    { time: 5, batch: 2, neurons: 5, layers: 2, attention: true, steps: 4 },
    {
      time: 5,
      batch: 2,
      neurons: 5,
      layers: 2,
      embedding: 3,
      skipEmbedding: true,
      attention: true,
      steps: 4,
    },
  ];
  for (const implementation of fast) {
    for (const { time, batch, ...params } of shapes) {
      if (implementation.name === "cudnn" && "dropout" in params) continue; // cuDNN draws between layers by itself.
      // At once a network draws its dropout by other numbers; how right that is, native.test.ts shows.
      const byLayers = { ...implementation, learn: undefined };
      const ways = "dropout" in params ? [byLayers] : [byLayers, implementation];
      it(`agree: ${implementation.name} and reference at ${JSON.stringify({ time, batch, ...params })}`, async () => {
        const theirs = await Model.create(params, vocabulary, { implementation: reference });
        const there = stepOf(theirs, time, batch);
        const { names } = theirs.weights;
        for (const way of ways) {
          const ours = await Model.create(params, vocabulary, { implementation: way });
          const here = stepOf(ours, time, batch);
          close(here.crossEntropy, there.crossEntropy, 1e-5, "loss");
          close(here.accuracy, there.accuracy, 1e-5, "accuracy");
          const [gradients, expected] = [
            ours.weights.toKeras(here.gradients),
            theirs.weights.toKeras(there.gradients),
          ];
          assert.deepEqual([...gradients.keys()], names);
          names.forEach((name) => close(gradients.get(name)!, expected.get(name)!, 1e-4, name));
          here.state.layers.forEach(({ hidden, cell }, layer) => {
            close(hidden, there.state.layers[layer].hidden);
            close(cell, there.state.layers[layer].cell);
          });
          disposeState(here.state);
          ours.dispose();
        }
        disposeState(there.state);
        theirs.dispose();
      });
    }

    it(`write the same text from the same seed: ${implementation.name} and reference`, async () => {
      for (const params of [
        { neurons: 20, layers: 1 },
        { neurons: 17, layers: 3, skipConnections: true },
        { neurons: 9, layers: 2, skipConnections: true, embedding: 6 },
        { neurons: 9, layers: 2, embedding: 6, skipEmbedding: true, attention: true, steps: 5 },
      ]) {
        const [ours, theirs] = [
          await Model.create(params, vocabulary, { implementation }),
          await Model.create(params, vocabulary, { implementation: reference }),
        ];
        for (const options of [
          {},
          { temperature: 0 },
          { topK: 3 },
          { topP: 0.6, temperature: 1.3, prompt: "abc" },
        ]) {
          const written = await write(ours, { length: 100, ...options });
          assert.equal(written, await write(theirs, { length: 100, ...options }));
        }
        [ours, theirs].forEach((model) => model.dispose());
      }
    });
  }
});
