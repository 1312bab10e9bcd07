import assert from "node:assert/strict";
import { patternOf } from "../../../lib/network/inside/pattern";
import { example } from "./signs";

describe("patternOf(read, phrase)", () => {
  it("finds the neurons that are on through the phrase, with their signs", () => {
    assert.deepEqual(patternOf(example, [4, 7]).units, [
      { layer: 0, neuron: 1, sign: 1 },
      { layer: 0, neuron: 2, sign: -1 },
      { layer: 0, neuron: 3, sign: -1 },
    ]);
  });

  it("leaves out, where it is bounded, those that are on before it or after it as well", () => {
    const { units } = patternOf(example, [4, 7], { bounded: true });
    assert.deepEqual(
      units.map(({ neuron }) => neuron),
      [1, 2],
    );
    assert.deepEqual(patternOf(example, [1, 3], { bounded: true }).units, []);
  });

  it("asks for more where the threshold is higher", () => {
    assert.deepEqual(patternOf(example, [4, 7], { threshold: 0.95 }).units, []);
  });

  it("refuses what is no phrase of the text", () => {
    for (const phrase of [
      [-1, 2],
      [3, 3],
      [0, 15],
      [0.5, 2],
    ] as const) {
      assert.throws(() => patternOf(example, phrase), {
        message: `Expected a phrase within 0 and 14, got [${phrase.join(", ")}]`,
      });
    }
  });
});
