import assert from "node:assert/strict";
import type { Activations } from "../../../lib/network/inside/activations";
import { patternOf } from "../../../lib/network/inside/pattern";
import { passagesLike } from "../../../lib/network/inside/passages-like";

/** A layer of neurons, each a row of signs: + is on, - on with the opposite sign, a dot is off. */
function read(text: string, ...rows: string[]): Activations {
  const layer = Float32Array.from({ length: text.length * rows.length }, (_, at) => {
    const sign = rows[at % rows.length][Math.floor(at / rows.length)];
    return sign === "+" ? 0.9 : sign === "-" ? -0.9 : 0.1;
  });
  return { tokens: [...text], neurons: rows.length, layers: [layer] };
}

const example = read(
  "the sea, a sea",
  ".+++++........",
  "....+++....+++",
  "....---....--.",
  "--------------",
);

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

describe("passagesLike(read, pattern)", () => {
  it("finds where the same neurons are on, the best first", () => {
    const found = passagesLike(example, patternOf(example, [4, 7]), { share: 0.6 });
    assert.deepEqual(
      found.map(({ text, start, end }) => [text, start, end]),
      [
        ["sea", 4, 7],
        ["sea", 11, 14],
      ],
    );
    assert.equal(found[0].on, 1);
    assert.ok(Math.abs(found[1].on - 8 / 9) < 1e-9);
  });

  it("asks for all of them where the share is 1, and finds shorter passages", () => {
    const [, other] = passagesLike(example, patternOf(example, [4, 7]), { share: 1 });
    assert.equal(other.text, "se");
  });

  it("finds nothing by a pattern of no neurons", () => {
    assert.deepEqual(passagesLike(example, { units: [], length: 3, threshold: 0.3 }), []);
  });
});
