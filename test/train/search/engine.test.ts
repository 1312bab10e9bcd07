import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import path from "node:path";
import { searchPython } from "../../../lib/train/search/environment";
import { needsOptuna } from "./environment";

describe("the engine of a search", function () {
  this.timeout(120_000);
  needsOptuna();

  it("passes its own tests, which are in engine_test.py", async () => {
    const modules = path.join(__dirname, "../../../lib/train/search/engine");
    const { status, stderr } = spawnSync(
      await searchPython(),
      ["-B", "-W", "ignore", path.join(__dirname, "engine", "engine_test.py")],
      { env: { ...process.env, PYTHONPATH: modules }, encoding: "utf8" },
    );
    assert.equal(status, 0, stderr);
    assert.match(stderr, /Ran \d\d tests/);
  });
});
