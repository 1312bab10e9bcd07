import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { run, workFolder } from "./command";

describe("cli/palimpsest.mjs", function () {
  this.timeout(60_000);
  const folder = workFolder();

  it("shows what is missing where nothing is installed, and installs nothing", () => {
    const project = path.join(folder, "project");
    for (const name of ["cli", "setup/bare", "setup/doctor.mjs", "package-lock.json"])
      cpSync(name, path.join(project, name), { recursive: true });
    const script = path.join(project, "cli", "palimpsest.mjs");
    const words = spawnSync(process.execPath, [script, "doctor"], { encoding: "utf8" });
    assert.match(words.stdout, /– npm packages +missing/);
    const { stdout, status } = spawnSync(process.execPath, [script, "doctor", "--json"], {
      encoding: "utf8",
    });
    const { works, findings } = JSON.parse(stdout) as { works: boolean; findings: { name: string }[] };
    assert.equal(status, works ? 0 : 1);
    assert.equal(status, words.status);
    assert.ok(findings.some(({ name }) => name === "npm packages"));
    assert.deepEqual(readdirSync(project).sort(), ["cli", "package-lock.json", "setup"]);
  });

  it("is the same by a link, as npm makes one", () => {
    const bin = path.join(folder, "bin");
    mkdirSync(bin);
    symlinkSync(path.resolve("cli", "palimpsest.mjs"), path.join(bin, "palimpsest"));
    const { stdout, status, stderr } = spawnSync(process.execPath, [path.join(bin, "palimpsest"), "--help"], {
      encoding: "utf8",
    });
    assert.equal(status, 0, stderr);
    assert.match(stdout, /^Usage: palimpsest/);
  });

  it("shows the doctor's screen of a project that is set up", async () => {
    const { exitCode, stdout } = await run(folder, "doctor");
    assert.equal(exitCode, 0, stdout);
    assert.match(stdout, /✓ npm packages +as in package-lock\.json/);
  });
});
