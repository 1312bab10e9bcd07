import assert from "node:assert/strict";
import fc from "fast-check";
import { median, ratio } from "../../bench/statistics";

const times = fc.array(fc.double({ min: 0.01, max: 1e4, noNaN: true }), { minLength: 1, maxLength: 9 });

describe("median", () => {
  it("is the value in the middle, or the mean of the two there", () => {
    assert.equal(median([7]), 7);
    assert.equal(median([30, 1, 2]), 2);
    assert.equal(median([4, 1, 100, 2]), 3);
  });

  it("has as many values below as above, and leaves them in their order", () => {
    fc.assert(
      fc.property(times, (values) => {
        const before = [...values];
        const middle = median(values);
        assert.deepEqual(values, before);
        const below = values.filter((value) => value < middle).length;
        const above = values.filter((value) => value > middle).length;
        assert.ok(below <= values.length / 2 && above <= values.length / 2);
      }),
    );
  });

  it("of nothing is an error", () => {
    assert.throws(() => median([]), /Expected values for a median, got none/);
  });
});

describe("ratio", () => {
  it("compares within a round, so that a slow round does not count", () => {
    const [slow, fast] = [
      [
        [30, 30],
        [300, 300],
        [30, 90, 30],
      ],
      [
        [10, 10],
        [100, 100],
        [10, 10, 50],
      ],
    ];
    assert.equal(ratio(slow, fast), 3);
  });

  it("of something and itself is 1", () => {
    fc.assert(
      fc.property(fc.array(times, { minLength: 1, maxLength: 5 }), (rounds) => ratio(rounds, rounds) === 1),
    );
  });

  it("refuses times of different rounds", () => {
    assert.throws(() => ratio([[1]], [[1], [2]]), /Expected times of equally many rounds, got 1 and 2/);
  });
});
