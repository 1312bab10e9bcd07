import assert from "node:assert/strict";
import { implementations } from "../../../lib/network/implementation";
import { Model } from "../../../lib/network/model";
import { tf } from "../../../lib/network/tensorflow";
import { Vocabulary } from "../../../lib/text/tokens/vocabulary";
import { stepCost } from "../../../lib/train/steps/step-cost";

const params = { neurons: 12, layers: 2, steps: 6, batchSize: 4 };
const vocabulary = Vocabulary.of(["abcdef"]);

describe("stepCost", () => {
  for (const implementation of implementations.filter(({ problem }) => problem() === "")) {
    it(`gives each part of a step a time, leaves the weights as they are and no tensor behind: ${implementation.name}`, async () => {
      const model = await Model.create(params, vocabulary, { implementation });
      stepCost(model, { repeats: 1 });
      const before = tf.memory().numTensors;
      const head = model.weights.variables[model.weights.variables.length - 2].dataSync();
      const { forward, backward, update } = stepCost(model, { repeats: 3 });
      assert.equal(tf.memory().numTensors, before);
      assert.deepEqual(model.weights.variables[model.weights.variables.length - 2].dataSync(), head);
      assert.ok(forward > 0 && backward >= 0 && update > 0);
      model.dispose();
    });
  }

  it("refuses to measure nothing", async () => {
    const model = await Model.create(params, vocabulary);
    assert.throws(
      () => stepCost(model, { repeats: 0 }),
      /Expected `repeats` to be a whole number of at least 1, got 0/,
    );
    model.dispose();
  });
});
