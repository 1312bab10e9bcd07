import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { findCompiler, zigFolder } from "../../../setup/bare/find.mjs";
import { venvPython } from "../../../setup/bare/project.mjs";
import { writeStamp } from "../../../setup/bare/stamp.mjs";
import { installZig } from "../../../setup/tensorflow/zig";
import { machineWith, temporaryFolder } from "../machine";

/** A project whose environment for Zig is complete, with a Python that tells what it is asked, and where its caches are. */
function project(folder: string): string {
  const requirements = path.join(folder, "setup", "wasm", "requirements.txt");
  fs.mkdirSync(path.dirname(requirements), { recursive: true });
  fs.writeFileSync(requirements, "ziglang==0.17.1\n");
  const environment = zigFolder(folder);
  const python = venvPython(environment);
  fs.mkdirSync(path.dirname(python), { recursive: true });
  machineWith(path.dirname(python), { python: 'echo "$@"; echo "$ZIG_GLOBAL_CACHE_DIR"' });
  const made = { folder: environment, requirements: ["ziglang==0.17.1", ""] };
  writeStamp(path.join(environment, "palimpsest.json"), made);
  return folder;
}

describe("installZig", () => {
  it("makes Zig's compiler a command that takes g++'s options, and keeps what it caches in the project", async function () {
    const root = project(temporaryFolder(this));
    await installZig(root);
    const { stdout } = spawnSync(path.join(zigFolder(root), "c++"), ["-O2", "a b.cc"], { encoding: "utf8" });
    assert.equal(stdout, `-m ziglang c++ -O2 a b.cc\n${zigFolder(root)}/zig\n`);
  });

  it("gives a machine without g++ a compiler, and leaves g++ the first one where it is", async function () {
    const folder = temporaryFolder(this);
    const root = project(path.join(folder, "project"));
    const bin = path.join(folder, "bin");
    fs.mkdirSync(bin);
    for (const program of ["dirname", "sh"])
      // of all machines
      fs.symlinkSync(
        spawnSync("which", [program], { encoding: "utf8" }).stdout.trim(),
        path.join(bin, program),
      );
    const machine = machineWith(bin, {});
    assert.equal(findCompiler(root, machine), undefined);
    await installZig(root);
    assert.equal(findCompiler(root, machine)?.command, path.join(root, ".cache", "wasm", "c++"));
    machineWith(bin, { "g++": "echo g++ 12" });
    assert.equal(findCompiler(root, machine)?.command, "g++");
  });
});
