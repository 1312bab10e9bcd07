import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { findOperations } from "../../../lib/network/compiled";
import { buildNative } from "../../../setup/tensorflow/native";
import { machineWith, setEnvironment, temporaryFolder } from "../machine";

/** Writes a line into `calls` each time that it compiles, and what it was told into the file that it makes. */
const compiler = (folder: string) => `
[ "$1" = --version ] && echo "fake 1.0" && exit
echo compiled >> "${folder}/calls"
while [ "$1" != -o ]; do shift; done
echo addon > "$2"`;

describe("buildNative", () => {
  it("compiles the operations once, and anew when a source has changed", async function () {
    const { root, calls } = project(this, compiler);
    const first = await buildNative(root, path.join(root, "tensorflow"));
    assert.equal(await buildNative(root, path.join(root, "tensorflow")), first);
    assert.equal(calls(), 1);
    fs.writeFileSync(path.join(root, "lib/network/lstm/native/one.cc"), "int one = 2;");
    const second = await buildNative(root, path.join(root, "tensorflow"));
    assert.notEqual(second, first);
    assert.equal(calls(), 2);
    assert.ok(fs.existsSync(first), "a running notebook may still have it loaded");
  });

  it("leaves the add-on where the library finds it", async function () {
    const { root, native } = project(this, compiler);
    const addon = await buildNative(root, path.join(root, "tensorflow"));
    assert.equal(findOperations(native), addon);
  });

  it("leaves nothing to be found where the compiler fails", async function () {
    const { root, native } = project(this, () => `[ "$1" = --version ] && echo "fake 1.0" && exit\nexit 1`);
    await assert.rejects(buildNative(root, path.join(root, "tensorflow")), /Compiling the fused LSTM/);
    assert.deepEqual(fs.readdirSync(native), []);
    assert.throws(() => findOperations(native), /have not been compiled; `npm run setup` does it/);
  });
});

/** A project of one source, on a machine with this compiler. */
function project(context: Mocha.Context, script: (folder: string) => string) {
  const folder = temporaryFolder(context);
  const sources = path.join(folder, "lib/network/lstm/native");
  fs.mkdirSync(sources, { recursive: true });
  fs.writeFileSync(path.join(sources, "one.cc"), "int one = 1;");
  const bin = path.join(folder, "bin");
  fs.mkdirSync(bin);
  machineWith(bin, { "c++-fake": script(folder) });
  setEnvironment(context, { CXX: path.join(bin, "c++-fake") });
  const calls = () => fs.readFileSync(path.join(folder, "calls"), "utf8").trim().split("\n").length;
  return { root: folder, native: path.join(folder, ".cache", "native"), calls };
}
