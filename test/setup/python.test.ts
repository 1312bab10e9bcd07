import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { venvPython } from "../../setup/bare/project.mjs";
import { installPython, pythonInstalled } from "../../setup/python";
import { setEnvironment, temporaryFolder } from "./machine";

/**
 * A project with one small requirement, and an index of packages in a folder: a wheel of it, and one of the pip that the
 * tests' own environment has, so that nothing is fetched.
 */
function project(folder: string): { root: string; environment: NodeJS.ProcessEnv } {
  const wheels = path.join(folder, "wheels");
  const root = path.join(folder, "project");
  fs.mkdirSync(root);
  const script = `
import importlib.metadata, os, sys, zipfile
folder = sys.argv[1]
os.mkdir(folder)
pip = importlib.metadata.distribution("pip")
with zipfile.ZipFile(f"{folder}/pip-{pip.version}-py3-none-any.whl", "w") as wheel:
    for file in pip.files:
        if file.suffix != ".pyc" and ".." not in file.parts:
            wheel.write(file.locate(), str(file))
info = "small-1.0.dist-info"
with zipfile.ZipFile(f"{folder}/small-1.0-py3-none-any.whl", "w") as wheel:
    wheel.writestr("small.py", "")
    wheel.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\\nName: small\\nVersion: 1.0\\n")
    wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
    wheel.writestr(f"{info}/RECORD", f"small.py,,\\n{info}/METADATA,,\\n{info}/WHEEL,,\\n{info}/RECORD,,\\n")
print(f"pip=={pip.version}\\nsmall==1.0")
`;
  const requirements = execFileSync(venvPython(process.cwd()), ["-c", script, wheels], { encoding: "utf8" });
  fs.writeFileSync(path.join(root, "requirements.txt"), requirements);
  return { root, environment: { PIP_NO_INDEX: "1", PIP_FIND_LINKS: wheels } };
}

describe("installPython", function () {
  let root: string;

  beforeEach(function () {
    const made = project(temporaryFolder(this));
    root = made.root;
    setEnvironment(this, made.environment);
  });

  it("makes an environment with the pinned packages", async () => {
    assert.equal(pythonInstalled(root), false);
    await installPython(root);
    assert.equal(pythonInstalled(root), true);
    execFileSync(venvPython(root), ["-c", "import small"]);

    const moved = `${root}-moved`;
    fs.renameSync(root, moved);
    assert.equal(pythonInstalled(moved), false, "an environment does not move with its project");
    fs.renameSync(moved, root);

    const requirements = path.join(root, "requirements.txt");
    const pinned = fs.readFileSync(requirements, "utf8");
    fs.appendFileSync(requirements, "# another version\n");
    assert.equal(pythonInstalled(root), false, "the requirements have changed");
    fs.writeFileSync(requirements, pinned);
    assert.equal(pythonInstalled(root), true);

    fs.rmSync(venvPython(root));
    fs.symlinkSync("/nowhere/python3.99", venvPython(root));
    assert.equal(pythonInstalled(root), false, "its Python has gone from the machine");
  });

  it("makes a whole environment of one that was killed half-way", async () => {
    const script = `require("tsx/cjs"); require("./setup/python.ts").installPython(${JSON.stringify(root)})`;
    const child = spawn(process.execPath, ["--eval", script], { detached: true });
    while (!fs.existsSync(venvPython(root))) await setTimeout(20);
    process.kill(-child.pid!, "SIGKILL");
    await once(child, "exit");
    assert.equal(pythonInstalled(root), false);
    await installPython(root);
    assert.equal(pythonInstalled(root), true);
    execFileSync(venvPython(root), ["-c", "import small"]);
  });

  it("names the requirement that cannot be had", async () => {
    fs.appendFileSync(path.join(root, "requirements.txt"), "unheard-of==9.9\n");
    await assert.rejects(
      installPython(root),
      /No matching distribution found for unheard-of==9\.9[^]*→ Mend what pip names/,
    );
    assert.equal(pythonInstalled(root), false);
  });

  it("says what is missing on a machine without Python", async function () {
    setEnvironment(this, { PYTHON: "/nowhere/python" });
    await assert.rejects(installPython(root), /PYTHON names \/nowhere\/python, which does not run\.\n→ /);
  });
});
