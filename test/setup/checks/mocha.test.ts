import assert from "node:assert/strict";
import { summary } from "../../../setup/checks/mocha";

describe("summary", () => {
  it("is one line of counts, and names skipped tests only where there are any", () => {
    assert.equal(summary({ passed: 12, failed: 0, skipped: 0 }), "12 passed, 0 failed");
    assert.equal(summary({ passed: 12, failed: 1, skipped: 3 }), "12 passed, 1 failed, 3 skipped");
  });
});
