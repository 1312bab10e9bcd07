import assert from "node:assert/strict";
import fc from "fast-check";
import { neuronsFor } from "../../lib/network/budget";
import { Model } from "../../lib/network/model";
import type { Params } from "../../lib/train/params";
import { Vocabulary } from "../../lib/text/tokens/vocabulary";

const vocabulary = Vocabulary.of(["abcdefg \n"]);

async function sizeOf(params: Partial<Params>): Promise<number> {
  const model = await Model.create(params, vocabulary);
  const { size } = model;
  model.dispose();
  return size;
}

describe("neuronsFor(weights, shape)", () => {
  it("finds the widest network that has no more weights", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          layers: fc.integer({ min: 1, max: 6 }),
          skipConnections: fc.boolean(),
          embedding: fc.constantFrom(0, 5),
          attention: fc.boolean(),
          bidirectional: fc.boolean(),
        }),
        fc.boolean(),
        fc.integer({ min: 1500, max: 20_000 }),
        async (own, withEmbedding, weights) => {
          const shape = { ...own, skipEmbedding: withEmbedding && own.embedding > 0, steps: 4 };
          const neurons = neuronsFor(weights, { ...shape, vocabulary: vocabulary.size });
          assert.ok((await sizeOf({ neurons, ...shape })) <= weights);
          assert.ok((await sizeOf({ neurons: neurons + 1, ...shape })) > weights);
        },
      ),
      { numRuns: 100 },
    );
  });

  it("finds the network itself for exactly its weights", async () => {
    for (const layers of [1, 2, 8]) {
      for (const skipConnections of [false, true]) {
        const shape = { layers, skipConnections };
        const size = await sizeOf({ neurons: 37, ...shape });
        assert.equal(neuronsFor(size, { ...shape, vocabulary: vocabulary.size }), 37);
        assert.equal(neuronsFor(size - 1, { ...shape, vocabulary: vocabulary.size }), 36);
      }
    }
  });

  it("says what is the least where there are too few weights", () => {
    assert.throws(() => neuronsFor(50, { layers: 2, vocabulary: 10 }), {
      message: "Expected `weights` >= 80, so many as layers of one neuron have, got 50. Take fewer layers.",
    });
  });
});
