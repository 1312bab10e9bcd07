import assert from "node:assert/strict";
import path from "node:path";
import { findChromium, findCompiler, findGpus, findPython, nodeIsNewEnough } from "../../setup/bare/find.mjs";
import { machineWith, temporaryFolder } from "./machine";

describe("findPython", () => {
  it("finds nothing on a machine without Python, and says how to get one", function () {
    const python = findPython(machineWith(temporaryFolder(this), {}));
    assert.ok("problem" in python);
    assert.equal(python.problem, "There is no Python.");
    assert.match(python.remedy, /python/);
  });

  it("takes python3 where that is new enough", function () {
    const programs = { python3: "echo 3.12.1; echo venv", "python3.13": "echo 3.13.0; echo venv" };
    const python = findPython(machineWith(temporaryFolder(this), programs));
    assert.deepEqual(python, { command: "python3", version: "3.12.1" });
  });

  it("passes over a Python that is too old, and over one that does not run", function () {
    const programs = {
      python3: "echo 3.9.18; echo venv",
      "python3.13": "echo 'command not found' >&2; exit 127",
      "python3.11": "echo 3.11.7; echo venv",
    };
    const python = findPython(machineWith(temporaryFolder(this), programs));
    assert.deepEqual(python, { command: "python3.11", version: "3.11.7" });
  });

  it("names the version where all are too old", function () {
    const python = findPython(machineWith(temporaryFolder(this), { python3: "echo 3.9.18; echo venv" }));
    assert.ok("problem" in python);
    assert.equal(python.problem, "python3 is Python 3.9.18, and JupyterLab needs 3.10 or newer.");
  });

  it("names the missing part where Python comes without venv, as Debian's does", function () {
    const python = findPython(machineWith(temporaryFolder(this), { python3: "echo 3.11.2; exit 1" }));
    assert.ok("problem" in python);
    assert.match(python.problem, /^python3 is Python 3.11.2 without venv/);
    if (process.platform === "linux") assert.match(python.remedy, /apt-get install python3-venv/);
  });

  it("takes the one that PYTHON names, and no other", function () {
    const folder = temporaryFolder(this);
    const machine = machineWith(folder, {
      python3: "echo 3.12.1; echo venv",
      mine: "echo 3.10.2; echo venv",
    });
    assert.deepEqual(findPython({ ...machine, PYTHON: `${folder}/mine` }), {
      command: `${folder}/mine`,
      version: "3.10.2",
    });
    const python = findPython({ ...machine, PYTHON: "/nowhere/python" });
    assert.ok("problem" in python);
    assert.equal(python.problem, "PYTHON names /nowhere/python, which does not run.");
  });
});

describe("findCompiler", () => {
  it("finds none on a machine without one", function () {
    assert.equal(findCompiler("/nowhere", machineWith(temporaryFolder(this), {})), undefined);
  });

  it("takes g++ before clang++", function () {
    const programs = { "g++": "echo g++ 12.2.0", "clang++": "echo clang 16" };
    const compiler = findCompiler("/nowhere", machineWith(temporaryFolder(this), programs));
    assert.deepEqual(compiler, { command: "g++", version: "g++ 12.2.0" });
  });

  it("takes clang++ where g++ does not run", function () {
    const programs = { "g++": "exit 1", "clang++": "echo clang 16; echo Target: x86_64" };
    const compiler = findCompiler("/nowhere", machineWith(temporaryFolder(this), programs));
    assert.deepEqual(compiler, { command: "clang++", version: "clang 16" });
  });

  it("takes the one that CXX names, and no other", function () {
    const machine = machineWith(temporaryFolder(this), { "g++": "echo g++ 12", "c++-15": "echo c++ 15" });
    assert.equal(findCompiler("/nowhere", { ...machine, CXX: "c++-15" })?.version, "c++ 15");
    assert.equal(findCompiler("/nowhere", { ...machine, CXX: "/nowhere/g++" }), undefined);
  });
});

describe("findGpus", () => {
  it("reads the names that nvidia-smi lists", function () {
    const script = "echo 'GPU 0: NVIDIA H200 (UUID: GPU-1a)'; echo 'GPU 1: Tesla T4 (UUID: GPU-2b)'";
    assert.deepEqual(findGpus(machineWith(temporaryFolder(this), { "nvidia-smi": script })), [
      "NVIDIA H200",
      "Tesla T4",
    ]);
  });

  it("finds none without a driver, and none where the driver fails", function () {
    assert.deepEqual(findGpus(machineWith(temporaryFolder(this), {})), []);
    const broken = 'echo "couldn\'t communicate with the NVIDIA driver"; exit 9';
    assert.deepEqual(findGpus(machineWith(temporaryFolder(this), { "nvidia-smi": broken })), []);
  });
});

describe("findChromium", () => {
  it("looks for Chromium and Chrome under their usual names, and tells their whole path", function () {
    const folder = temporaryFolder(this);
    const machine = machineWith(folder, { "google-chrome": "echo Google Chrome 156" });
    assert.deepEqual(findChromium(machine), {
      command: path.join(folder, "google-chrome"),
      version: "Google Chrome 156",
    });
    assert.equal(findChromium({ PATH: "/nowhere" }), undefined);
  });

  it("takes the one that CHROMIUM_PATH names, and no other", function () {
    const folder = temporaryFolder(this);
    const machine = machineWith(folder, { chromium: "echo Chromium 1", mine: "echo Chromium 2" });
    const mine = path.join(folder, "mine");
    assert.deepEqual(findChromium({ ...machine, CHROMIUM_PATH: mine }), {
      command: mine,
      version: "Chromium 2",
    });
    assert.equal(findChromium({ ...machine, CHROMIUM_PATH: "/nowhere/chromium" }), undefined);
  });
});

describe("nodeIsNewEnough", () => {
  it("holds for the Node.js that runs the tests", () => {
    assert.equal(nodeIsNewEnough(), true);
  });
});
