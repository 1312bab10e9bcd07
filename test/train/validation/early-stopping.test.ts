import assert from "node:assert/strict";
import type { HistoryEntry } from "../../../lib/train/events";
import { isOutOfPatience, turnOf } from "../../../lib/train/validation/early-stopping";

const history = (losses: readonly number[]): HistoryEntry[] =>
  losses.map((crossEntropy, index) => ({
    ...{ type: "validation", iteration: 10 * (index + 1), crossEntropy, perCharacter: crossEntropy },
    accuracy: 0,
  }));

describe("validation that gets no better", () => {
  it("is out of patience once so many were no better than the first of the best", () => {
    const entries = history([2, 1.5, 1.5, 1.8]);
    assert.deepEqual(
      [1, 2, 3, 0].map((patience) => isOutOfPatience(entries, patience)),
      [true, true, false, false],
    );
    assert.equal(isOutOfPatience([], 1), false);
  });

  it("is told to have turned once it rose twice in a row, and not again before there is a better one", () => {
    assert.equal(turnOf(history([2, 1.5, 1.6])), undefined);
    assert.equal(turnOf(history([2, 1.5, 1.6, 1.55])), undefined);
    const entries = history([2, 1.5, 1.6, 1.7]);
    const turned = turnOf(entries);
    assert.equal(
      turned?.text,
      "Validation has been rising since iteration 20: the network begins to learn its texts by heart.",
    );
    assert.equal(turned.iteration, 40);
    assert.equal(turnOf([...entries, turned, ...history([0, 0, 0, 0, 1.8]).slice(4)]), undefined);
  });
});
