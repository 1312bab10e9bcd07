import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { version } from "tslab/package.json";
import { projectRoot } from "./client";

describe("the kernel's launcher", () => {
  it("says which version of tslab it expects where another one is installed", () => {
    const project = mkdtempSync(path.join(os.tmpdir(), "palimpsest-pinned-"));
    cpSync(path.join(projectRoot, "setup/kernel"), path.join(project, "setup/kernel"), { recursive: true });
    symlinkSync(path.join(projectRoot, "node_modules"), path.join(project, "node_modules"));
    writeFileSync(path.join(project, "package.json"), JSON.stringify({ dependencies: { tslab: "0.9.9" } }));
    const launcher = path.join(project, "setup/kernel/launch.cjs");
    const { status, stderr } = spawnSync(process.execPath, [launcher, "connection.json"], {
      encoding: "utf8",
    });
    rmSync(project, { recursive: true });
    assert.equal(status, 1);
    const expected = `Expected tslab 0.9.9, as package.json pins it for the kernel, got ${version}: \`npm ci\` installs`;
    assert.ok(stderr.includes(expected), stderr);
  });
});
