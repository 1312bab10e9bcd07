import assert from "node:assert/strict";
import { foretellCopies, surpriseAround, tellCopied } from "../../lib/trace/certainty";
import type { Surprised } from "../../lib/trace/surprised";
import { trace, type Trace } from "../../lib/trace/trace";
import { textOf } from "./texts";

const book = textOf("abcdefghijklmnop 0123456789");

function traced(sample: string, surprise: readonly number[], minLength = 4): Trace & Surprised {
  return { ...trace(sample, [book], { minLength }), surprise: Float32Array.from(surprise) };
}

describe("tellCopied(traces)", () => {
  it("is 1 where the network was less surprised at all that is copied, 0 where more, 0.5 where alike", () => {
    const sample = "zzzzabcdzz";
    const areas = [
      [3, 4, 3, 4, 1, 0, 1, 2, 5, 6],
      [0, 1, 0, 1, 3, 4, 5, 6, 2, 1],
      [2, 2, 2, 2, 2, 2, 2, 2, 2, 2],
    ].map((surprise) => tellCopied([traced(sample, surprise)], { window: 1 }));
    assert.deepEqual(areas, [
      { auc: 1, copied: 4, others: 6 },
      { auc: 0, copied: 4, others: 6 },
      { auc: 0.5, copied: 4, others: 6 },
    ]);
  });

  it("is the share of pairs in order, by the mean of the last characters, of those that are known", () => {
    const surprise = [1, 3, 5, NaN, 2, 2, 4, 0, 3, 1];
    const means = [2, 4, 5, 2, 2, 3, 2, 1.5, 2]; // of two, from the second on
    const isCopied = [0, 0, 0, 1, 1, 1, 1, 0, 0];
    const [some, rest] = [1, 0].map((which) => means.filter((_, at) => isCopied[at] === which));
    const pairs = some.flatMap((one) => rest.map((other) => (one < other ? 1 : one === other ? 0.5 : 0)));
    const auc = pairs.reduce((sum: number, one) => sum + one, 0) / pairs.length;
    assert.deepEqual(tellCopied([traced("zzzzabcdzz", surprise)], { window: 2 }), {
      auc,
      copied: 4,
      others: 5,
    });
  });

  it("is not known where nothing is copied", () => {
    assert.deepEqual(tellCopied([traced("zz", [1, 1])], { window: 1 }), { auc: NaN, copied: 0, others: 2 });
  });
});

describe("foretellCopies(traces, { after })", () => {
  it("tells phrases that become copies from those that end before, by their beginnings", () => {
    const sample = "z" + "abcdefgh" + "z" + "0123" + "z" + "efgh" + "z";
    const surprise = [9, 0, 0, 0, 1, 9, 9, 9, 9, 9, 1, 1, 1, 1, 9, 0, 0, 0, 0, 9];
    const given = [traced(sample, surprise)];
    assert.equal(given[0].passages.length, 3);
    assert.deepEqual(foretellCopies(given, { after: 4, copied: 8 }), { auc: 0.5, copied: 1, others: 2 });
    assert.deepEqual(foretellCopies(given, { after: 5, copied: 8 }), { auc: NaN, copied: 1, others: 0 });
  });
});

describe("surpriseAround(traces)", () => {
  it("is the mean at each place before and after a copy begins, as far as there is one", () => {
    const traces = [traced("zzabcdz", [5, 4, 3, 2, 1, 1, 9]), traced("bcdefz", [1, 0, 1, 1, 8, 9])];
    assert.deepEqual(surpriseAround(traces, { before: 2, after: 5 }), [
      { place: -2, surprise: 5, passages: 1 },
      { place: -1, surprise: 4, passages: 1 },
      { place: 0, surprise: 2, passages: 2 },
      { place: 1, surprise: 1, passages: 2 },
      { place: 2, surprise: 1, passages: 2 },
      { place: 3, surprise: 1, passages: 2 },
      { place: 4, surprise: 8, passages: 1 },
    ]);
  });
});
