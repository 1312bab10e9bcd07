import assert from "node:assert/strict";
import { inspect } from "node:util";
import { Model } from "../../lib/network/model";
import { Vocabulary } from "../../lib/text/tokens/vocabulary";

const vocabulary = Vocabulary.of(["abc"]);

describe("model.summary()", () => {
  it("is a table of layers, what they give and their weights, which is what is printed", async () => {
    const model = await Model.create({ neurons: 3, layers: 2, embedding: 2, frozenLayers: 1 }, vocabulary);
    const summary = model.summary();
    assert.equal(summary.weights, model.size);
    assert.equal(
      inspect(summary),
      [
        "layer                  output shape      weights",
        "------------------------------------------------",
        "embedding (Embedding)  (batch, time, 2)        8",
        "lstm_0 (LSTM)          (batch, time, 3)       72",
        "lstm_1 (LSTM)          (batch, time, 3)       84",
        "head (Dense)           (batch, time, 4)       16",
        "------------------------------------------------",
        "total                                        180",
        "of these frozen                               72",
      ].join("\n"),
    );
    model.dispose();
  });

  it("tells what is above the layers as well", async () => {
    const model = await Model.create({ neurons: 3, layers: 1, attention: true, steps: 4 }, vocabulary);
    const { rows } = model.summary();
    assert.deepEqual(
      rows.map(({ layer, output }) => [layer, output]),
      [
        ["lstm_0 (LSTM)", "(batch, time, 3)"],
        ["attention (Attention)", "(batch, time, 3)"],
        ["head (Dense)", "(batch, time, 4)"],
      ],
    );
    model.dispose();
  });
});
