import assert from "node:assert/strict";
import {
  chance,
  choices,
  daring,
  nats,
  percent,
  surprise,
  ticks,
} from "../../../../site/explorable/view/numbers";

describe("numbers of the explorable", () => {
  it("are shares in percent, and chances of which neither the smallest is nothing nor the largest all", () => {
    assert.deepEqual([0, 0.314, 1].map(percent), ["0\u00a0%", "31\u00a0%", "100\u00a0%"]);
    assert.deepEqual([0.0004, 0.25, 0.999, 1].map(chance), [
      "under 1\u00a0%",
      "25\u00a0%",
      "over 99\u00a0%",
      "100\u00a0%",
    ]);
  });

  it("are nats of surprise", () => {
    assert.deepEqual([1, 1 / Math.E].map(nats), [-0, 1]);
  });

  it("are surprises in words", () => {
    assert.deepEqual([0.95, 0.61, 0.3, 0.05, 0.001].map(surprise), [
      "no surprise",
      "hardly a surprise",
      "a small surprise",
      "a surprise",
      "a great surprise",
    ]);
  });

  it("are letters between which a network wavers, as many as chance has where it knows nothing", () => {
    assert.equal(choices(0), 1);
    assert.ok(Math.abs(choices(Math.log(60)) - 60) < 1e-9);
  });

  it("are temperatures in words", () => {
    assert.deepEqual([0, 0.5, 1, 1.5].map(daring), ["strict", "careful", "as it expects", "daring"]);
  });

  it("are round ones along an axis", () => {
    assert.deepEqual(ticks(100, 4), [0, 50, 100]);
    assert.deepEqual(ticks(100, 6), [0, 20, 40, 60, 80, 100]);
    assert.deepEqual(ticks(0.7, 4), [0, 0.2, 0.4, 0.6]);
  });
});
