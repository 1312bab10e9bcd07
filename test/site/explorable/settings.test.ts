import assert from "node:assert/strict";
import { mostReadings, paramsOf, firstSettings } from "../../../site/explorable/settings";

describe("the settings of the explorable", () => {
  it("make a run that reads everything 100 times, to within half a step", () => {
    for (const characters of [3200, 9277, 9301]) {
      const { iterations, steps, batchSize } = paramsOf(firstSettings, characters);
      const stepsAReading = characters / (Number(steps) * Number(batchSize));
      assert.ok(Math.abs(iterations! - mostReadings * stepsAReading) <= 0.5, String(characters));
    }
  });
});
