import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { machineWith, temporaryFolder } from "./machine";

/** Runs the doctor in a fresh copy of the project, where nothing is installed, on a machine with just these programs. */
function examine(folder: string, programs: Record<string, string>) {
  const project = path.join(folder, "project");
  const machine = path.join(folder, "bin");
  fs.mkdirSync(machine);
  fs.mkdirSync(path.join(project, "setup"), { recursive: true });
  for (const name of ["setup/doctor.mjs", "setup/bare", "package-lock.json"]) {
    fs.cpSync(name, path.join(project, name), { recursive: true });
  }
  const child = spawnSync(process.execPath, [path.join(project, "setup", "doctor.mjs")], {
    env: machineWith(machine, programs),
    encoding: "utf8",
  });
  assert.doesNotMatch(child.stderr, /Error|at .*doctor\.mjs/);
  return { exitCode: child.status, screen: child.stdout, installed: fs.readdirSync(project) };
}

describe("npm run doctor, where nothing is installed", () => {
  const npm = "echo 11.0.0";

  it("is content with a machine that npm start can work with, and installs nothing", function () {
    const python3 = "echo 3.12.1; echo venv";
    const { exitCode, screen, installed } = examine(temporaryFolder(this), {
      npm,
      python3,
      "g++": "echo g++ 12",
    });
    assert.match(screen, /✓ Node\.js/);
    assert.match(screen, /✓ Python +3\.12\.1 \(python3\)/);
    assert.match(screen, /✓ C\+\+ compiler +g\+\+ 12/);
    assert.match(screen, /– JupyterLab +missing\n +→ npm start/);
    assert.match(screen, /– Chromium +missing\n +→ .*only npm test uses it/);
    assert.match(screen, /`npm start` works on this machine\.\n$/);
    assert.equal(exitCode, 0);
    assert.deepEqual(installed.sort(), ["package-lock.json", "setup"]);
  });

  it("does without a compiler, and says that it is slower", function () {
    const { exitCode, screen } = examine(temporaryFolder(this), { npm, python3: "echo 3.12.1; echo venv" });
    assert.match(screen, /– C\+\+ compiler +missing\n +→ .*training gets two to four times as fast/);
    assert.equal(exitCode, 0);
  });

  it("says what has to be installed before npm start", function () {
    const { exitCode, screen } = examine(temporaryFolder(this), { npm, python3: "echo 3.8.1; echo venv" });
    assert.match(screen, /✗ Python +python3 is Python 3\.8\.1, and JupyterLab needs 3\.10 or newer\.\n +→ /);
    assert.match(screen, /`npm start` needs first: Python\.\n$/);
    assert.equal(exitCode, 1);
  });
});

describe("npm run doctor, in a project that is set up", () => {
  it("tells which TensorFlow computes, on what, and which LSTM", () => {
    const child = spawnSync(process.execPath, ["setup/doctor.mjs"], { encoding: "utf8" });
    assert.match(child.stdout, /✓ JupyterLab +\d+\.\d+/);
    assert.match(child.stdout, /✓ Kernel +tslab/);
    assert.match(child.stdout, /[✓–] TensorFlow +\d+\.\d+\.\d+, /);
    assert.match(child.stdout, /✓ LSTM +\w/);
    assert.equal(child.status, 0);
  });
});
