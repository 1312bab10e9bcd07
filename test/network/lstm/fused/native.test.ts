import assert from "node:assert/strict";
import { abilities } from "../../../../lib/network/lstm/fused/operations";
import { needsNative } from "./needs-native";

describe("the native operations", function () {
  before(needsNative);
  afterEach(() => delete process.env.PALIMPSEST_THREADS);

  it("tell what they make use of", () => {
    process.env.PALIMPSEST_THREADS = "3";
    const { lanes, threads } = abilities();
    assert.equal(threads, 3);
    assert.ok([4, 8, 16].includes(lanes));
  });
});
