import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { givenPeers, ownPeers } from "../../bench/peers-environment";
import { venvPython } from "../../setup/bare/project.mjs";
import { setEnvironment, temporaryFolder } from "../setup/machine";

/** A wheel of the pip that the tests' own environment has, so that nothing is fetched: Python's own one is too old. */
const wheelOfPip = `
import importlib.metadata, sys, zipfile
pip = importlib.metadata.distribution("pip")
with zipfile.ZipFile(f"{sys.argv[1]}/pip-{pip.version}-py3-none-any.whl", "w") as wheel:
    for file in pip.files:
        if file.suffix != ".pyc" and ".." not in file.parts:
            wheel.write(file.locate(), str(file))
`;

/** A project whose peers are only what every environment has. */
function project(folder: string): string {
  for (const file of ["bench/peers/requirements.txt", "setup/tensorflow/cpu.txt"]) {
    fs.mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), "pip\n");
  }
  return folder;
}

describe("the peers' environment", () => {
  it("is made where it is missing, and then found", async function () {
    this.timeout(180_000);
    const root = project(temporaryFolder(this));
    execFileSync(venvPython(process.cwd()), ["-c", wheelOfPip, root]);
    setEnvironment(this, { PIP_NO_INDEX: "1", PIP_FIND_LINKS: root });
    const made = await ownPeers(root, { make: true });
    assert.ok("python" in made && made.python.startsWith(path.join(root, ".cache", "peers")));
    assert.deepEqual(await ownPeers(root, { make: false }), made);
    fs.appendFileSync(path.join(root, "bench/peers/requirements.txt"), "# another version\n");
    assert.match(problemOf(await ownPeers(root, { make: false })), /not installed/);
  });

  it("is left out with the reason where it cannot be made", async function () {
    setEnvironment(this, { PIP_NO_INDEX: "1", PYTHON: "/nowhere/python" });
    const root = project(temporaryFolder(this));
    assert.match(problemOf(await ownPeers(root, { make: true })), /PYTHON names \/nowhere\/python/);
  });

  it("can be one that is there already", function () {
    const folder = temporaryFolder(this);
    assert.throws(() => givenPeers(folder), /is no Python environment\.\n→ Name its folder/);
    fs.mkdirSync(path.join(folder, "bin"));
    fs.writeFileSync(path.join(folder, "bin", "python"), "");
    assert.deepEqual(givenPeers(folder), { python: path.join(folder, "bin", "python") });
  });
});

function problemOf(peers: Awaited<ReturnType<typeof ownPeers>>): string {
  return "problem" in peers ? peers.problem : "none";
}
