import assert from "node:assert/strict";
import { barsInWords } from "../../../lib/show/chart/bars-in-words";
import { chart } from "./step-bars";

describe("barsInWords", () => {
  it("tells every number", () => {
    assert.equal(
      barsInWords(chart),
      "A step <of two>: fused forward 12, back & Adam 30, together 42 ms; " +
        "reference forward 200, back & Adam 1,030, together 1,230 ms",
    );
    assert.equal(
      barsInWords({
        title: "Writing",
        unit: "tokens/s",
        parts: ["all"],
        bars: [{ label: "fused", values: [0.5] }],
      }),
      "Writing: fused 0.5 tokens/s",
    );
  });
});
