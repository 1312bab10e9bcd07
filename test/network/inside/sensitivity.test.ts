import assert from "node:assert/strict";
import { Model } from "../../../lib/network/model";
import { disposeState } from "../../../lib/network/state";
import { amplify, sensitivity } from "../../../lib/network/inside/sensitivity";
import { tf } from "../../../lib/network/tensorflow";
import { Vocabulary } from "../../../lib/text/tokens/vocabulary";

const vocabulary = Vocabulary.of(["abcdefg \n"]);
const text = "a bad cab faced a bead";

/** The hidden states of all layers after reading, one text by itself: [layers][neurons]. */
function hiddenAfter(model: Model, ids: number[]): number[][] {
  return tf.tidy(() => {
    const { state } = model.read(tf.tensor2d(ids, [ids.length, 1], "int32"), model.zeroState(1));
    const hidden = state.layers.map((layer) => [...layer.hidden.dataSync()]);
    disposeState(state);
    return hidden;
  });
}

/** The weights of a network, copied. */
function weightsOf(model: Model): Record<string, unknown> {
  return tf.tidy(() =>
    Object.fromEntries(Array.from(model.weights, ([name, weight]) => [name, weight.arraySync()])),
  );
}

function deviation(values: number[]): number {
  const mean = values.reduce((a, b) => a + b) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

describe("sensitivity(model, text, back)", () => {
  it("tells how far hidden states are apart when one character is another", async () => {
    const model = await Model.create({ neurons: 6, layers: 2 }, vocabulary);
    for (const back of [0, 3, text.length - 1]) {
      const states = Array.from({ length: vocabulary.size }, (_, id) => {
        const ids = [...vocabulary.encode(text)];
        ids[ids.length - 1 - back] = id;
        return hiddenAfter(model, ids);
      });
      sensitivity(model, text, back).forEach((told, layer) => {
        const each = Array.from({ length: 6 }, (_, neuron) =>
          deviation(states.map((state) => state[layer][neuron])),
        );
        const expected = Math.sqrt(each.reduce((sum, one) => sum + one ** 2, 0) / 6);
        assert.ok(Math.abs(told - expected) < 1e-6 + 1e-3 * expected, `${told} instead of ${expected}`);
      });
    }
    model.dispose();
  });

  it("shows that layer by layer less of the last character is heard, but for skip connections", async () => {
    const plain = await Model.create({ neurons: 48, layers: 6 }, vocabulary);
    const heard = sensitivity(plain, text);
    heard.slice(1).forEach((one, below) => assert.ok(one < heard[below] / 2, String(heard)));
    const skipping = await Model.create({ neurons: 48, layers: 6, skipConnections: true }, vocabulary);
    assert.ok(Math.min(...sensitivity(skipping, text)) > heard[0] / 2);
    plain.dispose();
    skipping.dispose();
  });

  it("leaves no tensor behind", async () => {
    const model = await Model.create({ neurons: 6, layers: 2 }, vocabulary);
    const before = tf.memory().numTensors;
    sensitivity(model, text);
    amplify(model, 2);
    assert.equal(tf.memory().numTensors, before);
    model.dispose();
  });

  it("refuses a character before the first", async () => {
    const model = await Model.create({ neurons: 2, layers: 1 }, vocabulary);
    assert.throws(() => sensitivity(model, "abc", 3), {
      message: "Expected `back` to be a whole number from 0 to 2, in a text of 3, got 3",
    });
    model.dispose();
  });
});

describe("amplify(model, factor)", () => {
  it("multiplies what layers hear of the one below, and nothing else", async () => {
    for (const skipConnections of [false, true]) {
      const model = await Model.create({ neurons: 4, layers: 3, skipConnections }, vocabulary);
      const before = weightsOf(model);
      amplify(model, 2);
      const after = weightsOf(model);
      for (const [name, weight] of Object.entries(before)) {
        const above = name === "lstm_1/kernel" || name === "lstm_2/kernel";
        const louder = (row: number[], index: number) => (index < 4 ? row.map((value) => 2 * value) : row);
        assert.deepEqual(after[name], above ? (weight as number[][]).map(louder) : weight, name);
      }
      model.dispose();
    }
  });

  it("leaves layers deaf to the one below where the factor is 0", async () => {
    const model = await Model.create({ neurons: 6, layers: 3 }, vocabulary);
    amplify(model, 0);
    const [first, ...others] = sensitivity(model, text);
    assert.ok(first > 0.1);
    assert.ok(
      others.every((one) => one < 1e-6),
      String(others),
    );
    model.dispose();
  });
});
