import assert from "node:assert/strict";
import fc from "fast-check";
import { neuronsFor } from "../../lib/network/budget";
import { Model } from "../../lib/network/model";
import { Vocabulary } from "../../lib/text/vocabulary";

const vocabulary = Vocabulary.of(["abcdefg \n"]);

async function sizeOf(params: {
  neurons: number;
  layers: number;
  skipConnections: boolean;
}): Promise<number> {
  const model = await Model.create(params, vocabulary);
  const { size } = model;
  model.dispose();
  return size;
}

describe("neuronsFor(weights, depth)", () => {
  it("finds the widest network that has no more weights", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 6 }),
        fc.boolean(),
        fc.integer({ min: 700, max: 20_000 }),
        async (layers, skipConnections, weights) => {
          const depth = { layers, skipConnections };
          const neurons = neuronsFor(weights, { ...depth, vocabulary: vocabulary.size });
          assert.ok((await sizeOf({ neurons, ...depth })) <= weights);
          assert.ok((await sizeOf({ neurons: neurons + 1, ...depth })) > weights);
        },
      ),
      { numRuns: 100 },
    );
  });

  it("finds the network itself for exactly its weights", async () => {
    for (const layers of [1, 2, 8]) {
      for (const skipConnections of [false, true]) {
        const depth = { layers, skipConnections };
        const size = await sizeOf({ neurons: 37, ...depth });
        assert.equal(neuronsFor(size, { ...depth, vocabulary: vocabulary.size }), 37);
        assert.equal(neuronsFor(size - 1, { ...depth, vocabulary: vocabulary.size }), 36);
      }
    }
  });

  it("says what is the least where there are too few weights", () => {
    assert.throws(() => neuronsFor(50, { layers: 2, vocabulary: 10 }), {
      message: "Expected `weights` >= 80, so many as layers of one neuron have, got 50. Take fewer layers.",
    });
  });
});
