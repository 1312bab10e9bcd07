import assert from "node:assert/strict";
import { parse } from "csv-parse/sync";
import type { TrialResult } from "../../../lib/train/search/engine";
import { bestOf, ranked, trialsCsv } from "../../../lib/train/search/trials-csv";

const trial = (number: number, loss: number | null, more: Partial<TrialResult> = {}): TrialResult => ({
  ...{ trial: number, state: loss === null ? "failed" : "complete", loss, params: { neurons: 8 } },
  ...more,
});

describe("bestOf", () => {
  it("is the trial with the lowest loss of those that ran to their end", () => {
    const trials = [trial(0, 2.5), trial(1, 1.5, { state: "pruned" }), trial(2, 2.1), trial(3, null)];
    assert.equal(bestOf(trials)?.trial, 2);
    assert.deepEqual(
      ranked(trials).map((one) => one.trial),
      [2, 0, 1, 3],
    );
  });

  it("is none where no trial has a loss that is a number", () => {
    assert.equal(bestOf([]), undefined);
    assert.equal(bestOf([trial(0, null), trial(1, NaN), trial(2, Infinity)]), undefined);
  });
});

describe("trialsCsv", () => {
  it("ranks trials that have a loss, and no others", () => {
    const rows = parse(trialsCsv([trial(0, null, { error: "why" }), trial(1, 2)]), { columns: true });
    assert.deepEqual(
      (rows as Record<string, string>[]).map(({ rank, loss, error }) => [rank, loss, error]),
      [
        ["1", "2", ""],
        ["", "", "why"],
      ],
    );
  });

  it("puts an apostrophe before words that a spreadsheet would compute, and none before a number", () => {
    const errors = ['=HYPERLINK("a")', "+1", "-1", "@SUM(A1)", "\tword", "Expected a = b"];
    const told = errors.map((error, number) => trial(number, -1 - number, { error }));
    const rows = parse(trialsCsv(told), { columns: true }) as Record<string, string>[];
    const byTrial = [...rows].sort((a, b) => Number(a.trial) - Number(b.trial));
    assert.deepEqual(
      byTrial.map(({ error }) => error),
      [...errors.slice(0, 5).map((error) => `'${error}`), errors[5]],
    );
    assert.deepEqual(
      byTrial.map(({ loss }) => Number(loss)),
      told.map(({ loss }) => loss),
    );
  });
});
