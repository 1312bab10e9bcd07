import assert from "node:assert/strict";
import fc from "fast-check";
import type { Params } from "../../../lib/train/params";
import { engineSpace, type Space } from "../../../lib/train/search/space";

/** A space as somebody may have written it. */
const spaceOf = (space: object, fixed: Partial<Params> = {}) => engineSpace(space as Space, fixed);

describe("engineSpace", () => {
  it("passes choices and ranges on, and says which take whole numbers", () => {
    const space = {
      neurons: { from: 8, to: 24, step: 8 },
      learningRate: { from: 1e-3, to: 1e-1, log: true },
      layers: [1, 2],
    };
    assert.deepEqual(spaceOf(space), {
      neurons: { from: 8, to: 24, step: 8, log: false, whole: true },
      learningRate: { from: 1e-3, to: 1e-1, log: true, whole: false },
      layers: { choices: [1, 2] },
    });
  });

  it("refuses an end that the steps miss, and names those that they reach", () => {
    const missed = { neurons: { from: 8, to: 20, step: 8 } };
    assert.throws(
      () => spaceOf(missed),
      /Expected `neurons` to 16 or 24, which steps of 8 from 8 reach, got 20/,
    );
    assert.throws(() => spaceOf({ dropout: { from: 0, to: 0.5, step: 0.2 } }), /to 0\.4 or 0\.6/);
    assert.throws(() => spaceOf({ layers: { from: 1, to: 2, step: 4 } }), /to 1 or 5/);
  });

  it("takes every end that so many steps reach, though decimals are not exact, and writes it as it is meant", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 50 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 20 }),
        (first, step, count) => {
          const [from, to] = [first / 1000, (first + step * count) / 1000];
          const computed = from + (count * step) / 1000;
          const { dropout } = spaceOf({ dropout: { from, to: computed, step: step / 1000 } });
          assert.equal((dropout as { to: number }).to, to);
        },
      ),
    );
  });

  const wrong: [what: string, space: object, message: RegExp][] = [
    ["nothing", {}, /Expected a space with something to choose/],
    ["no choices", { layers: [] }, /Expected choices for `layers`, got \[\]/],
    ["a choice twice", { layers: [1, 2, 1] }, /Expected each choice for `layers` once, got 1, 2, 1/],
    ["a value alone", { layers: 2 }, /Expected choices or a range for `layers`, got 2/],
    ["nothing for a parameter", { layers: null }, /Expected choices or a range for `layers`, got null/],
    ["a list as a choice", { labels: [["title"]] }, /Expected choices for `labels` that are numbers.*title/],
    ["a word for a number", { layers: ["two"] }, /Expected `layers` to be a whole number, got two/],
    ["a fraction for a whole number", { layers: [1.5] }, /Expected `layers` to be a whole number, got 1\.5/],
    ["a number for a word", { optimizer: [1] }, /Expected `optimizer` to be one of adam/],
    [
      "a range backwards",
      { neurons: { from: 9, to: 3 } },
      /Expected `neurons` from the smaller to the larger number, got 9 to 3/,
    ],
    [
      "a range without an end",
      { neurons: { from: 9 } },
      /Expected numbers at both ends of the range of `neurons`/,
    ],
    ["a range of words", { neurons: { from: "8", to: "16" } }, /Expected numbers at both ends/],
    ["no number as an end", { dropout: { from: NaN, to: 0.5 } }, /Expected numbers at both ends .* got NaN/],
    ["an end without end", { learningRate: { from: 0.1, to: Infinity } }, /between 0 and 10, got Infinity/],
    ["a range of fractions of a whole number", { layers: { from: 1, to: 2.5 } }, /whole number, got 2\.5/],
    ["a range where there are names", { optimizer: { from: 0, to: 1 } }, /Expected `optimizer` to be one of/],
    [
      "orders of magnitude from nothing",
      { dropout: { from: 0, to: 0.5, log: true } },
      /above 0 with `log`, got 0/,
    ],
    ["both step and orders of magnitude", { neurons: { from: 8, to: 16, log: true, step: 8 } }, /got both/],
    [
      "a step of nothing",
      { neurons: { from: 8, to: 16, step: 0 } },
      /Expected `step` > 0 for `neurons`, got 0/,
    ],
    [
      "a step backwards",
      { neurons: { from: 8, to: 16, step: -8 } },
      /Expected `step` > 0 for `neurons`, got -8/,
    ],
    ["half a step", { neurons: { from: 8, to: 16, step: 0.5 } }, /`step` for `neurons` to be a whole number/],
    [
      "a key that ranges do not have",
      { neurons: { from: 8, to: 16, by: 8 } },
      /of the range of `neurons`, got by/,
    ],
    ["an unknown parameter", { neuron: [4] }, /Unknown parameter `neuron`/],
    ...["constructor", "toString", "__proto__", "hasOwnProperty"].map((name): [string, object, RegExp] => [
      `a parameter called ${name}`,
      { ["layers"]: [1], [name]: [1] },
      new RegExp(`Unknown parameter \`${name}\``),
    ]),
  ];
  for (const [what, space, message] of wrong)
    it(`refuses ${what}`, () => assert.throws(() => spaceOf(space), message));

  it("refuses params that are wrong, unknown, or in the space as well", () => {
    const layers = { layers: [1, 2] };
    assert.throws(() => spaceOf(layers, { neurons: 0 }), /Expected `neurons` between 1/);
    assert.throws(() => spaceOf(layers, { toString: 1 } as object), /Unknown parameter `toString`/);
    assert.throws(() => spaceOf(layers, { layers: 2 }), /Expected `layers` in the space or in `params`/);
  });

  it("takes values that are right only with what the space or the params say of others", () => {
    spaceOf({ frozenLayers: [3], layers: [3, 4] });
    spaceOf({ embedding: [0, 8], skipEmbedding: [true] });
    spaceOf({ layers: [4, 5] }, { frozenLayers: 4 });
    assert.throws(() => spaceOf({ embedding: [0] }, { skipEmbedding: true }), /Expected `embedding` > 0/);
  });
});
