import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { findCompiler } from "../../setup/tensorflow/compiler";
import { buildStderr, compileAddon } from "../../setup/tensorflow/stderr";

const projectRoot = path.resolve(__dirname, "../..");

/** A library that writes while it is loaded: what TensorFlow and absl log on some processors, and lines of others. */
const talkative = String.raw`
#include <node_api.h>
#include <unistd.h>
#include <cstring>
#include <initializer_list>
static const bool greeted = [] {
  for (const char* line : {
    "WARNING: All log messages before absl::InitializeLog() is called are written to STDERR\n",
    "I0000 00:00:1732720000.123456    1234 port.cc:153] oneDNN custom operations are on.\n",
    "2026-11-27 15:00:00.123456: I tensorflow/core/platform/cpu_feature_guard.cc:210] This TensorFlow binary is optimized\n",
    "To enable the following instructions: AVX512F, in other operations, rebuild TensorFlow.\n",
    "E0000 00:00:1732720000.123456    1234 cuda.cc:1] an error\n",
    "another library's line, and one without an end" }) {
    if (write(2, line, strlen(line)) < 0) return false;
  }
  return true;
}();
static napi_value Init(napi_env, napi_value exports) { return exports; }
NAPI_MODULE(NODE_GYP_MODULE_NAME, Init)
`;

describe("quietly", () => {
  let folder: string;
  before(async function () {
    if (findCompiler(process.cwd()) === undefined) this.skip();
    folder = mkdtempSync(path.join(os.tmpdir(), "palimpsest-quiet-"));
    const source = path.join(folder, "talkative.cc");
    writeFileSync(source, talkative);
    await compileAddon(projectRoot, source, path.join(folder, "talkative.node"), "Compiling a library");
    await buildStderr(projectRoot);
  });
  after(() => folder && rmSync(folder, { recursive: true }));

  /** What a process prints to standard error that runs this with `quietly` at hand. */
  function printed(script: string): string {
    const lines = [`const { quietly } = require("./lib/network/quiet-load");`, script];
    const args = ["--require", "tsx/cjs", "--eval", lines.join("\n")];
    const { stderr, stdout } = spawnSync(process.execPath, args, { cwd: projectRoot, encoding: "utf8" });
    assert.equal(stdout, "loaded\n", stderr);
    return stderr;
  }

  it("keeps away what TensorFlow logs while it is loaded, and nothing else", () => {
    const library = JSON.stringify(path.join(folder, "talkative.node"));
    const quiet = `quietly(() => require(${library})); console.log("loaded"); console.error("later");`;
    assert.equal(
      printed(quiet),
      "E0000 00:00:1732720000.123456    1234 cuda.cc:1] an error\nanother library's line, and one without an endlater\n",
    );
    assert.match(printed(`require(${library}); console.log("loaded");`), /^WARNING: All log messages/);
  });

  it("gives standard error back where the library fails, and hands its error on", () => {
    const failing = `try { quietly(() => { throw new Error("no library"); }); } catch (error) { console.error(error.message); } console.log("loaded");`;
    assert.equal(printed(failing), "no library\n");
  });

  it("just loads where set-up has compiled nothing, or for another machine", () => {
    const missing = `quietly(() => console.log("loaded"), "/nowhere/stderr.node"); console.error("seen");`;
    assert.equal(printed(missing), "seen\n");
  });
});
