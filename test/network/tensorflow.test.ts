import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import path from "node:path";
import util from "node:util";
import { reference } from "../../lib/network/implementation";
import { native, ownVariable, ready, runtime, tf } from "../../lib/network/tensorflow";
import { Training } from "../../lib/train/training";
import { lossesOf, smallLibrary, smallParams } from "../train/small";
import { close } from "./close";

describe("TensorFlow", () => {
  it("says what computes, and why where it is not native", async () => {
    assert.equal(await ready(), runtime);
    assert.equal(runtime.reason === "", runtime.kind === "native");
    if (runtime.kind !== "native") assert.throws(native, /Native TensorFlow is not in use: /);
  });

  it("calls nothing of Node's that prints a deprecation", () => {
    const { isArray, isNullOrUndefined } = util as unknown as Record<string, (value: unknown) => boolean>;
    assert.equal(isArray, Array.isArray);
    assert.deepEqual([null, undefined, 0].map(isNullOrUndefined), [true, true, false]);
    assert.notEqual(isNullOrUndefined.name, "deprecated"); // as Node calls what warns
  });

  it("gives a variable memory of its own", () => {
    const values = Float32Array.of(1, 2, 3);
    const variable = ownVariable(() => tf.tensor1d(values));
    values[0] = 9;
    assert.deepEqual([...variable.dataSync()], [1, 2, 3]);
    variable.dispose();
  });

  it("trains and writes by WebAssembly where there is no native library, as the reference does here", async () => {
    const file = (name: string) => path.join(__dirname, name);
    const command = [
      "--require",
      file("without-native.cjs"),
      "--import",
      "tsx",
      file("without-native-train.ts"),
    ];
    const output = execFileSync(process.execPath, command, {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    const told = JSON.parse(output.trim().split("\n").slice(-1)[0]);
    assert.deepEqual([told.kind, told.backend, told.name, told.written], ["wasm", "wasm", "reference", 5]);
    assert.ok(told.losses[told.losses.length - 1] < told.losses[0] - 0.1, `${told.losses}`);
    const params = { ...smallParams, learningRate: 0.02 };
    const training = await Training.start(smallLibrary(), params, { implementation: reference });
    close(tf.tensor1d(told.whole), tf.tensor1d(await lossesOf(training)), 1e-4);
    training.dispose();
  });
});
