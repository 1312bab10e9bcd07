import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import path from "node:path";
import util from "node:util";
import { write } from "../../lib/generate/generate";
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

  it("trains and writes by our operations in WebAssembly where there is no native library: the same losses and the same text", async () => {
    const told = trainedWithout({});
    assert.deepEqual([told.kind, told.backend, told.name], ["module", "palimpsest", "wasm"]);
    const params = { ...smallParams, learningRate: 0.02 };
    const training = await Training.start(smallLibrary(), { ...params, dropout: 0.1 });
    const losses = await lossesOf(training);
    if (training.model.implementation.learn) {
      close(tf.tensor1d(told.losses), tf.tensor1d(losses), 1e-4, "with dropout, of the same masks");
      assert.equal(told.text, await write(training.model, { length: 40 }));
    }
    training.dispose();
    const whole = await Training.start(smallLibrary(), params, { implementation: reference });
    close(tf.tensor1d(told.whole), tf.tensor1d(await lossesOf(whole)), 1e-4);
    whole.dispose();
  });

  it("leaves the reference to TensorFlow.js' own WebAssembly where that is asked for", async () => {
    const told = trainedWithout({ PALIMPSEST_LSTM: "reference" });
    assert.deepEqual([told.kind, told.backend, told.name], ["wasm", "wasm", "reference"]);
    assert.ok(told.losses[told.losses.length - 1] < told.losses[0] - 0.1, `${told.losses}`);
    const params = { ...smallParams, learningRate: 0.02 };
    const training = await Training.start(smallLibrary(), params, { implementation: reference });
    close(tf.tensor1d(told.whole), tf.tensor1d(await lossesOf(training)), 1e-4);
    training.dispose();
  });
});

/** What `without-native-train.ts` tells in a process that has no native TensorFlow. */
function trainedWithout(env: NodeJS.ProcessEnv) {
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
    env: { ...process.env, PALIMPSEST_LSTM: "", ...env },
  });
  return JSON.parse(output.trim().split("\n").slice(-1)[0]);
}
