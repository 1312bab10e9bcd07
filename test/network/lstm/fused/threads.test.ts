import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { read } from "../../../../lib/network/lstm/fused/native-network";
import { runtime, tf } from "../../../../lib/network/tensorflow";
import { findCompiler } from "../../../../setup/tensorflow/compiler";
import { skipWithout } from "../../../missing";
import { scopedNative } from "./needs-native";
import { oneLayer } from "./one-layer";

describe("the threads and the memory of the native operations", function () {
  scopedNative();

  it("are not waited for where the system makes none: the operation fails, and the next one has its threads", function () {
    const compiler = findCompiler(process.cwd());
    if (!compiler || process.platform !== "linux")
      skipWithout("a compiler on Linux", "a thread cannot be kept from starting", this);
    const folder = mkdtempSync(path.join(tmpdir(), "palimpsest-"));
    try {
      const shim = path.join(folder, "no-thread.so");
      const source = path.join(__dirname, "no-thread.c");
      const args = ["-x", "c", "-shared", "-fPIC", source, "-o", shim, "-ldl"];
      assert.equal(spawnSync(compiler, args, { stdio: "inherit" }).status, 0);
      const script = path.join(__dirname, "without-threads.ts");
      const env = { ...process.env, LD_PRELOAD: shim, PALIMPSEST_THREADS: "1" };
      const options = { env, encoding: "utf8", timeout: 50_000 } as const;
      const { stdout, signal } = spawnSync(process.execPath, ["--import", "tsx", script], options);
      assert.equal(signal, null, "the second operation waits for ever");
      assert.match(
        stdout,
        /Expected thread 2 to start, and the system says: .*PALIMPSEST_THREADS=1.*\nlearned\n$/s,
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("give memory back after a much larger batch, once many smaller ones have done without", function () {
    if (runtime.kind === "module") this.skip(); // WebAssembly's memory never shrinks.
    const neurons = 64;
    const weights = oneLayer({ neurons, vocabulary: 2 }, tf.zeros);
    const readBatch = (time: number, batch: number) =>
      tf.tidy(() => {
        const state = [{ hidden: tf.zeros([batch, neurons]), cell: tf.zeros([batch, neurons]) }];
        read(weights, tf.zeros([time, batch], "int32"), state as never).logits.dataSync();
      });
    readBatch(1, 1);
    const megabytes = () => process.memoryUsage().rss / 1e6;
    const before = megabytes();
    // 131,072 tokens of 6 × 64 numbers: 200 MB, in one piece from the second time on.
    for (let turn = 0; turn < 2; turn++) readBatch(256, 512);
    for (let turn = 0; turn < 200; turn++) readBatch(1, 1);
    const kept = megabytes();
    assert.ok(kept > before + 150, `${before} ${kept}`);
    for (let turn = 0; turn < 100; turn++) readBatch(1, 1);
    assert.ok(megabytes() < before + 100, `${before} ${kept} ${megabytes()}`);
  });
});
