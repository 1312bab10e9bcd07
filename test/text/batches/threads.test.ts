import assert from "node:assert/strict";
import fc from "fast-check";
import { threads } from "../../../lib/text/batches/threads";
import { assertPieces, lengthsAndSteps, uniqueParts } from "../unique";

/** Sizes of which at least one window a row can be cut. */
const sizes = fc
  .tuple(lengthsAndSteps, fc.integer({ min: 1, max: 4 }), fc.nat())
  .filter(([[lengths, steps], batchSize]) => {
    const windows = lengths
      .filter((length) => length > steps)
      .map((length) => Math.max(1, Math.floor(length / steps) - 1));
    return windows.reduce((sum, count) => sum + count, 0) >= batchSize;
  });

describe("threads", () => {
  it("gives rows that are contiguous pieces of one text, and targets that are the inputs shifted by one", () => {
    fc.assert(
      fc.property(sizes, fc.nat({ max: 1000 }), ([[lengths, steps], batchSize, seed], iteration) => {
        const { parts, vocabulary, firsts } = uniqueParts(lengths);
        const batch = threads(parts, vocabulary, { steps, batchSize, seed }).at(iteration);
        assertPieces(batch, { lengths, firsts, steps, batchSize });
      }),
    );
  });

  it("goes on in each row exactly where it left off, and says that a row is reset where it does not", () => {
    fc.assert(
      fc.property(sizes, ([[lengths, steps], batchSize, seed]) => {
        const { parts, vocabulary } = uniqueParts(lengths);
        const batches = threads(parts, vocabulary, { steps, batchSize, seed });
        for (let iteration = 1; iteration < 3 * batches.perEpoch; iteration++) {
          const { targets } = batches.at(iteration - 1);
          const { inputs, resets } = batches.at(iteration);
          const beginsRun = iteration % batches.perEpoch === 0;
          for (let row = 0; row < batchSize; row++) {
            const goesOn = inputs[row] === targets[(steps - 1) * batchSize + row];
            assert.equal(resets?.[row], goesOn && !beginsRun ? 0 : 1, `row ${row} of iteration ${iteration}`);
          }
        }
      }),
    );
  });

  it("reads no window twice in an epoch, and leaves fewer unread than there are rows", () => {
    fc.assert(
      fc.property(sizes, fc.nat({ max: 5 }), ([[lengths, steps], batchSize, seed], epoch) => {
        const { parts, vocabulary } = uniqueParts(lengths);
        const batches = threads(parts, vocabulary, { steps, batchSize, seed });
        const read: number[] = [];
        for (let i = 0; i < batches.perEpoch; i++)
          read.push(...batches.at(epoch * batches.perEpoch + i).inputs);
        assert.equal(new Set(read).size, read.length, "a character is read twice");
        const windows = lengths
          .filter((length) => length > steps)
          .reduce((sum, length) => sum + Math.max(1, Math.floor(length / steps) - 1), 0);
        assert.ok(windows - read.length / steps < batchSize);
      }),
    );
  });

  it("reads every character that has a follower in some epoch", () => {
    const { parts, vocabulary, firsts } = uniqueParts([40, 23, 9]);
    const batches = threads(parts, vocabulary, { steps: 4, batchSize: 3, seed: 5 });
    const read = new Set<number>();
    for (let i = 0; i < 60 * batches.perEpoch; i++) for (const id of batches.at(i).inputs) read.add(id);
    const lasts = [...firsts.slice(1).map((first) => first - 1), 72];
    assert.deepEqual(
      Array.from({ length: 72 }, (_, index) => index + 1).filter((id) => !read.has(id)),
      lasts,
    );
  });

  it("lays the windows otherwise in another epoch and with another seed", () => {
    const { parts, vocabulary } = uniqueParts([60, 60]);
    const options = { steps: 10, batchSize: 2, seed: 1 };
    const batches = threads(parts, vocabulary, options);
    assert.notDeepEqual(batches.at(0).inputs, batches.at(batches.perEpoch).inputs);
    assert.notDeepEqual(
      batches.at(0).inputs,
      threads(parts, vocabulary, { ...options, seed: 2 }).at(0).inputs,
    );
    assert.deepEqual(batches.at(7), threads(parts, vocabulary, options).at(7));
  });

  it("reads each text once an epoch, whatever it weighs", () => {
    const options = { steps: 4, batchSize: 2, seed: 1 };
    const even = uniqueParts([40, 40]);
    const weighed = uniqueParts([40, 40], [1, 9]);
    assert.deepEqual(
      threads(weighed.parts, weighed.vocabulary, options).at(3),
      threads(even.parts, even.vocabulary, options).at(3),
    );
  });

  it("carries the state, and leaves out texts that are too short", () => {
    const { parts, vocabulary } = uniqueParts([5, 40]);
    const batches = threads(parts, vocabulary, { steps: 5, batchSize: 2, seed: 1 });
    assert.equal(batches.stateful, true);
    assert.equal(batches.perEpoch, 3);
    assert.deepEqual(
      batches.leftOut.map(({ title }) => title),
      ["Text 0"],
    );
  });

  it("says so where there are more rows than windows", () => {
    const { parts, vocabulary } = uniqueParts([40]);
    assert.throws(() => threads(parts, vocabulary, { steps: 10, batchSize: 4, seed: 1 }), {
      message:
        "Expected at least 4 windows (`batchSize`) of 10 characters (`steps`), got 3. Lower one of them, or add texts.",
    });
  });
});
