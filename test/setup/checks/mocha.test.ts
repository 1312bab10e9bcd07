import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { mocha, sideBySide, summary, type Tests } from "../../../setup/checks/mocha";

const projectRoot = path.resolve(__dirname, "../../..");

describe("summary", () => {
  it("is one line of counts, and names skipped tests only where there are any", () => {
    assert.equal(summary({ passed: 12, failed: [], skipped: 0 }), "12 passed, 0 failed");
    assert.equal(summary({ passed: 12, failed: ["a test"], skipped: 3 }), "12 passed, 1 failed, 3 skipped");
  });
});

describe("mocha", () => {
  it("counts tests and names those that fail, also those of a file that cannot be loaded", async () => {
    const scratch = mkdtempSync(path.join(os.tmpdir(), "palimpsest-mocha-"));
    try {
      const run = (name: string, code: string) => {
        writeFileSync(path.join(scratch, name), code);
        return mocha(projectRoot, scratch, [path.join(scratch, name)], { stdio: "ignore" });
      };
      const tests =
        'it("holds", () => {}); it.skip("waits", () => {}); it("breaks", () => { throw new Error(); });';
      assert.deepEqual(await run("three.test.ts", `describe("one of three", () => { ${tests} });`), {
        passed: 1,
        failed: ["one of three breaks"],
        skipped: 1,
      });
      const { failed } = await run("unknown.test.ts", "throw new Error();");
      assert.match(failed.join(), /unknown\.test\.ts: ended with 1$/);
    } finally {
      rmSync(scratch, { recursive: true });
    }
  });
});

describe("sideBySide", () => {
  it("runs so many sets at a time, adds up their counts, and lets the first alone print at once", async () => {
    const scratch = mkdtempSync(path.join(os.tmpdir(), "palimpsest-mocha-"));
    let [running, most] = [0, 0];
    const prints: unknown[] = [];
    const tests = Array.from({ length: 5 }, (_, index): Tests => async (stdio) => {
      prints.push(Array.isArray(stdio) ? "later" : stdio);
      most = Math.max(most, ++running);
      await setTimeout(10);
      running--;
      return { passed: 1, failed: index === 3 ? ["the fourth"] : [], skipped: index };
    });
    try {
      const counts = await sideBySide(scratch, tests, 3);
      assert.deepEqual(counts, { passed: 5, failed: ["the fourth"], skipped: 10 });
      assert.deepEqual([most, prints], [3, ["inherit", "later", "later", "later", "later"]]);
    } finally {
      rmSync(scratch, { recursive: true });
    }
  });
});
