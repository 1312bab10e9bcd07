import assert from "node:assert/strict";
import fc from "fast-check";
import { axisOf, parallelCoordinates } from "../../../lib/show/chart/parallel-coordinates";
import { grounds, paints } from "../../../lib/show/chart/panel";
import { searchChart } from "../../../lib/show/watch/search-chart";
import type { TrialResult } from "../../../lib/train/search/engine";

const trial = (
  number: number,
  state: TrialResult["state"],
  loss: number | null,
  learningRate: number,
): TrialResult => ({
  ...{ trial: number, state, loss },
  params: { neurons: 32 * (number + 1), learningRate, batches: number % 2 ? "threads" : "windows" },
});

const trials = [
  trial(0, "complete", 2.5, 1e-3),
  trial(1, "complete", 2.1, 1e-2),
  trial(2, "pruned", 1.9, 1e-1),
  trial(3, "failed", null, 1e-1),
];

describe("axisOf", () => {
  it("keeps the order of numbers, from 0 to 1", () => {
    const numbers = fc.uniqueArray(fc.double({ min: -1e6, max: 1e6, noNaN: true }), {
      minLength: 2,
      maxLength: 20,
      comparator: "SameValueZero", // 0 and -0 are one place
    });
    fc.assert(
      fc.property(numbers, (values) => {
        const { place } = axisOf("x", values);
        const sorted = [...values].sort((a, b) => a - b).map(place);
        assert.ok(sorted.every((at, index) => index === 0 || at >= sorted[index - 1]));
        assert.ok(sorted[0] === 0 && sorted[sorted.length - 1] === 1, String(sorted)); // -0 is 0, too
      }),
    );
  });

  it("lays orders of magnitude out by the logarithm, and numbers close to one another as they are", () => {
    assert.ok(Math.abs(axisOf("learningRate", [1e-4, 1e-3, 1e-2]).place(1e-3) - 0.5) < 1e-9);
    assert.equal(axisOf("layers", [1, 2, 3]).place(2), 0.5);
  });

  it("puts words side by side, and a single value in the middle", () => {
    const { axis, place } = axisOf("batches", ["windows", "threads", "windows"]);
    assert.deepEqual(axis.ticks, [
      { at: 0, label: "windows" },
      { at: 1, label: "threads" },
    ]);
    assert.equal(place("threads"), 1);
    assert.equal(axisOf("layers", [2, 2]).place(2), 0.5);
  });
});

describe("searchChart", () => {
  it("has an axis for each setting and for the loss, and a line for each trial that has one", () => {
    const { axes, lines } = searchChart(trials);
    assert.deepEqual(
      axes.map(({ name }) => name),
      ["neurons", "learningRate", "batches", "loss"],
    );
    assert.deepEqual(
      lines.map(({ kind }) => kind),
      ["best", "complete", "pruned"],
    );
    assert.deepEqual(lines[1].at.slice(0, 1), [0]);
    assert.deepEqual(
      lines.map(({ at }) => at[3]).map((at) => Number(at?.toFixed(3))),
      [0.333, 1, 0],
    );
  });

  it("says in words what it shows", () => {
    assert.equal(
      searchChart(trials).alternative,
      "3 trials, 1 of them given up. The best: loss 2.100 with neurons 64, learningRate 0.01, batches threads",
    );
    assert.equal(searchChart([]).alternative, "A search that has no trials yet");
  });
});

describe("parallelCoordinates", () => {
  it("draws the best, the others and those that were given up each in their way", () => {
    const svg = parallelCoordinates(searchChart(trials));
    for (const color of [paints[1].light, paints[0].light, grounds.light.axis])
      assert.ok(svg.includes(`stroke="${color}"`), color);
    assert.equal(svg.match(/aria-label="line"/g)?.length, 3);
    assert.equal(svg.match(/stroke-dasharray/g)?.length, 1);
  });

  it("draws a search that has no trials yet", () => {
    assert.ok(parallelCoordinates(searchChart([])).startsWith("<svg"));
  });
});
