import assert from "node:assert/strict";
import fc from "fast-check";
import { runLayout } from "../../../lib/trace/near/layout";
import { rulesOf } from "../../../lib/trace/near/rules";

const sum = (runs: readonly number[]) => runs.reduce((all, one) => all + one, 0);
/** All that many runs in a row, or all there are. */
const windowsOf = (runs: readonly number[], count: number) =>
  Array.from({ length: Math.max(1, runs.length - count + 1) }, (_, at) => runs.slice(at, at + count));

describe("runLayout(rules, columns)", () => {
  it("asks of near copies of 40 characters, 15 % of them changed, what can be reckoned by hand", () => {
    assert.deepEqual(runLayout(rulesOf({ share: 0.15, gap: 12 }), 40), {
      columns: 40,
      edits: 11,
      windowEdits: 3,
      window: 17,
      alone: 14,
      pair: 9,
      seed: 5,
    });
  });

  it("asks for one run where nothing may be changed", () => {
    const { edits, windowEdits, window, pair, seed } = runLayout(rulesOf({ share: 0, gap: 12 }), 40);
    assert.deepEqual([edits, windowEdits, window, pair, seed], [0, 0, 40, 40, 16]);
  });

  it("asks for nothing that the runs of a piece might lack, however its edits lie", () => {
    const wanted = fc.record({
      share: fc.integer({ min: 0, max: 40 }).map((percent) => percent / 100),
      columns: fc.integer({ min: 1, max: 100 }),
    });
    const places = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 40, maxLength: 40 });
    const more = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(wanted, more, places, ({ share, columns }, more, places) => {
        const rules = rulesOf({ share, gap: 12 });
        const layout = runLayout(rules, columns);
        const length = layout.columns + Math.round(more * (layout.columns - 1));
        const edits = Math.floor((length * rules.share) / rules.unit);
        const cuts = places.slice(0, edits).map((place) => Math.floor(place * (length - edits + 1)));
        const ends = [0, ...cuts.sort((one, other) => one - other), length - edits];
        const runs = ends.slice(1).map((end, at) => end - ends[at]);
        assert.ok(edits <= layout.edits);
        if (runs.some((run) => run >= layout.alone)) return;
        const windows = windowsOf(runs, layout.windowEdits + 1).filter((all) => sum(all) >= layout.window);
        const pairs = windows.flatMap((all) => windowsOf(all, 2)).filter((all) => sum(all) >= layout.pair);
        assert.ok(pairs.some((pair) => Math.max(...pair) >= layout.seed));
      }),
      { numRuns: 2000 },
    );
  });
});
