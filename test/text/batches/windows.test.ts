import assert from "node:assert/strict";
import fc from "fast-check";
import { windows } from "../../../lib/text/batches/windows";
import { assertPieces, lengthsAndSteps, rowOf, uniqueParts } from "../unique";

/** The first token of each row. */
function rowsBegin(inputs: Int32Array, batchSize: number): number[] {
  return Array.from({ length: batchSize }, (_, row) => rowOf(inputs, row, batchSize)[0]);
}

describe("windows", () => {
  it("gives rows that are contiguous pieces of one text, and targets that are the inputs shifted by one", () => {
    fc.assert(
      fc.property(
        lengthsAndSteps,
        fc.integer({ min: 1, max: 5 }),
        fc.nat(),
        fc.nat(),
        (sizes, batchSize, seed, iteration) => {
          const [lengths, steps] = sizes;
          const { parts, vocabulary, firsts } = uniqueParts(lengths);
          const batch = windows(parts, vocabulary, { steps, batchSize, seed }).at(iteration);
          assert.deepEqual([batch.time, batch.batch], [steps, batchSize]);
          assertPieces(batch, { lengths, firsts, steps, batchSize });
        },
      ),
    );
  });

  it("gives windows that begin at multiples of a stride, each of them", () => {
    const { parts, vocabulary, firsts } = uniqueParts([50, 70]);
    const options = { steps: 5, batchSize: 400, seed: 3, stride: 7 };
    const inputs = rowsBegin(windows(parts, vocabulary, options).at(0).inputs, 400);
    const begins = [50, 70].flatMap((length, text) =>
      Array.from({ length: Math.ceil((length - 5) / 7) }, (_, index) => firsts[text] + 7 * index),
    );
    assert.deepEqual(
      [...new Set(inputs)].sort((one, other) => one - other),
      begins,
    );
  });

  it("gives the same batch for the same iteration, whatever was asked before", () => {
    const { parts, vocabulary } = uniqueParts([50, 70]);
    const options = { steps: 5, batchSize: 4, seed: 3 };
    const batches = windows(parts, vocabulary, options);
    const forwards = [0, 1, 2, 3].map((iteration) => batches.at(iteration));
    const backwards = [3, 2, 1, 0].map((iteration) => windows(parts, vocabulary, options).at(iteration));
    assert.deepEqual(forwards, backwards.reverse());
    assert.notDeepEqual(forwards[0], forwards[1]);
    assert.notDeepEqual(forwards[0], windows(parts, vocabulary, { ...options, seed: 4 }).at(0));
  });

  it("draws every place alike, the first and the last too, and more often where a text weighs more", () => {
    const { parts, vocabulary } = uniqueParts([11, 21], [1, 3]);
    const batches = windows(parts, vocabulary, { steps: 1, batchSize: 100, seed: 1 });
    const counts = new Array<number>(33).fill(0);
    for (let iteration = 0; iteration < 700; iteration++) {
      for (const id of batches.at(iteration).inputs) counts[id]++;
    }
    const expected = counts.map((_, id) => (id >= 1 && id <= 10 ? 1000 : id >= 12 && id <= 31 ? 3000 : 0));
    for (const [id, count] of counts.entries()) {
      assert.ok(
        Math.abs(count - expected[id]) <= 5 * Math.sqrt(expected[id]),
        `${count} of ${id}, not ${expected[id]}`,
      );
    }
  });

  it("counts the batches that read every character once on average, and carries no state", () => {
    const { parts, vocabulary } = uniqueParts([50, 70]);
    const batches = windows(parts, vocabulary, { steps: 5, batchSize: 4, seed: 3 });
    assert.equal(batches.perEpoch, 6);
    assert.equal(batches.stateful, false);
    assert.equal(batches.at(0).resets, undefined);
  });

  it("leaves out texts shorter than a window and its last target, and says which", () => {
    const { parts, vocabulary } = uniqueParts([5, 6, 7]);
    const { leftOut } = windows(parts, vocabulary, { steps: 6, batchSize: 2, seed: 0 });
    assert.deepEqual(
      leftOut.map(({ title }) => title),
      ["Text 0", "Text 1"],
    );
  });

  it("says how long the texts are where none is long enough, and what to do", () => {
    const { parts, vocabulary } = uniqueParts([5, 6]);
    assert.throws(() => windows(parts, vocabulary, { steps: 6, batchSize: 2, seed: 0 }), {
      message:
        'Expected a text of at least 7 characters (`steps` + 1): "Text 0" has 5, "Text 1" has 6. ' +
        "Lower `steps` or add longer texts.",
    });
    assert.throws(() => windows([], vocabulary, { steps: 6, batchSize: 2, seed: 0 }), /there is none/);
  });

  it("refuses sizes that are none", () => {
    const { parts, vocabulary } = uniqueParts([5]);
    const message = "Expected `steps` to be a whole number > 0, got 0";
    assert.throws(() => windows(parts, vocabulary, { steps: 0, batchSize: 2, seed: 0 }), { message });
    assert.throws(
      () => windows(parts, vocabulary, { steps: 1, batchSize: 1.5, seed: 0 }),
      /`batchSize`.*got 1\.5/,
    );
  });
});
