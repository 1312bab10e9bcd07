import assert from "node:assert/strict";
import { frequentFirst } from "../../../bench/training/words-drawn";

describe("frequentFirst", () => {
  it("draws words as often as they come in novels", () => {
    const draws = Array.from({ length: 100_000 }, (_, index) => frequentFirst(index / 100_000, 10_000));
    const share = (below: number) => draws.filter((id) => id < below).length / draws.length;
    assert.equal(share(100).toFixed(2), "0.67");
    assert.equal(share(1600).toFixed(2), "0.89");
    assert.equal(share(5000).toFixed(2), "0.96");
  });

  it("draws nothing but words that there are", () => {
    assert.equal(frequentFirst(0, 7), 0);
    assert.equal(frequentFirst(1 - 2 ** -32, 7), 6);
  });
});
