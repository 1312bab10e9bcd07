import assert from "node:assert/strict";
import { completeParams } from "../../lib/train/params";
import { learningRate } from "../../lib/train/schedule";

describe("learningRate", () => {
  const base = { learningRate: 0.01, iterations: 101, warmup: 0, finalLearningRate: 0.1 };

  it("climbs over the warm-up without being zero", () => {
    const params = completeParams({ ...base, warmup: 4 });
    const climb = [0, 1, 2, 3].map((iteration) => learningRate(params, iteration));
    assert.deepEqual(climb, [0.0025, 0.005, 0.0075, 0.01]);
  });

  it("stays when it is constant", () => {
    assert.equal(learningRate(completeParams({ ...base, schedule: "constant" }), 100), 0.01);
  });

  it("is half way down in the middle and at its final share at the end", () => {
    for (const schedule of ["linear", "cosine"] as const) {
      const params = completeParams({ ...base, schedule });
      assert.ok(Math.abs(learningRate(params, 50) - 0.0055) < 1e-12, schedule);
      assert.ok(Math.abs(learningRate(params, 100) - 0.001) < 1e-12, schedule);
    }
  });

  it("stays at its final share when training goes on past the end", () => {
    assert.ok(Math.abs(learningRate(completeParams(base), 500) - 0.001) < 1e-12);
  });
});
