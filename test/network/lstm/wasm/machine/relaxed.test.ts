import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import path from "node:path";
import v8 from "node:v8";
import { usesRelaxedSimd } from "../../../../../lib/network/lstm/wasm/here";
import { knowsRelaxedSimd } from "../../../../../lib/network/lstm/wasm/machine/relaxed";
import type { Told } from "./told-while-it-runs";

const folder = path.join(__dirname, "../../../../../lib/network/lstm/wasm");

describe("the module with relaxed SIMD", () => {
  const given = process.env.PALIMPSEST_RELAXED_SIMD;
  beforeEach(() => delete process.env.PALIMPSEST_RELAXED_SIMD);
  afterEach(() => {
    if (given === undefined) delete process.env.PALIMPSEST_RELAXED_SIMD;
    else process.env.PALIMPSEST_RELAXED_SIMD = given;
  });

  it("is the one for every Node that the project runs on, unless the environment leaves it out", () => {
    assert.equal(usesRelaxedSimd(), true);
    process.env.PALIMPSEST_RELAXED_SIMD = "0";
    assert.equal(usesRelaxedSimd(), false);
  });

  it("needs no flag where the engine knows it, or has been told once", () => {
    assert.equal(usesRelaxedSimd(), true);
    const told = v8.setFlagsFromString;
    try {
      v8.setFlagsFromString = (flag) => assert.fail(flag);
      assert.equal(usesRelaxedSimd(), true);
    } finally {
      v8.setFlagsFromString = told;
    }
  });

  it("computes beside a module and threads that were there before the engine was told", () => {
    const script = path.join(__dirname, "told-while-it-runs.ts");
    const { stdout, stderr } = spawnSync(process.execPath, ["--require", "tsx/cjs", script], {
      encoding: "utf8",
      env: { ...process.env, PALIMPSEST_THREADS: "2" },
    });
    const { before, after, inOlderThread, relaxed, alone } = JSON.parse(stdout || stderr) as Told;
    assert.deepEqual(after, before);
    assert.equal(inOlderThread, true);
    assert.deepEqual(relaxed, alone);
  });

  it("is not for an engine that does not know relaxed SIMD, or for none", () => {
    assert.equal(knowsRelaxedSimd({ validate: () => false }), false);
    assert.equal(knowsRelaxedSimd(null), false);
  });

  it("is what the probe stands for, and the other module runs where the probe does not", () => {
    // In a process of its own, where nobody has told an older V8 to know it.
    const script = `
      const { readFileSync } = require("node:fs");
      const { knowsRelaxedSimd } = require(process.argv[1] + "/machine/relaxed.ts");
      const valid = (name) => WebAssembly.validate(readFileSync(process.argv[1] + "/" + name));
      console.log(knowsRelaxedSimd() === valid("palimpsest-relaxed.wasm"), valid("palimpsest.wasm"));`;
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ["--require", "tsx/cjs", "--eval", script, folder],
      { encoding: "utf8" },
    );
    assert.equal(stdout, "true true\n", stderr);
  });
});
