import assert from "node:assert/strict";
import { differences } from "../../lib/base/parameters";
import { completeParams } from "../../lib/train/params";

describe("differences", () => {
  it("says what differs, here and there", () => {
    const there = completeParams({ neurons: 128 });
    const here = completeParams({ neurons: 64, seed: 3 });
    assert.deepEqual(differences(here, there, ["neurons", "layers"]), ["`neurons` is 64 here and 128 there"]);
  });
});
