import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

const projectRoot = path.resolve(__dirname, "../..");

describe("no command uses what Node.js calls deprecated", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "palimpsest-deprecated-"));
    writeFileSync(
      path.join(folder, "mine.txt"),
      "It was a bright cold day in April, and the clocks.\n".repeat(40),
    );
  });
  after(() => rmSync(folder, { recursive: true }));

  /** Runs a command for which a deprecation is an error. */
  function run(...args: string[]): void {
    const command = ["--throw-deprecation", path.join(projectRoot, "cli/palimpsest.mjs"), ...args];
    const { status, stderr } = spawnSync(process.execPath, command, { cwd: folder, encoding: "utf8" });
    assert.equal(status, 0, stderr);
    assert.doesNotMatch(stderr, /Deprecat/);
  }

  it("train, generate, trace and export", function () {
    this.timeout(300_000);
    const mine = path.join(folder, "mine.txt");
    const saved = path.join(folder, "run");
    run(
      "train",
      mine,
      "--run",
      saved,
      "--iterations",
      "1",
      "--neurons",
      "4",
      "--layers",
      "1",
      "--steps",
      "8",
    );
    run("generate", saved, "--length", "5");
    run("trace", mine, "--run", saved);
    run("export", saved, path.join(folder, "mine.keras"));
  });
});
