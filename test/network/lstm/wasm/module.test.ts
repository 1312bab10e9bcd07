import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import vm from "node:vm";
import { setTimeout } from "node:timers/promises";
import { openModule } from "../../../../lib/network/lstm/wasm/here";
import { alone, initialPages, mostPages, openInstance } from "../../../../lib/network/lstm/wasm/opened";
import type { Memory } from "../../../../lib/network/lstm/wasm/module";
import { learner, numbersOf, placed } from "./calls";

const folder = path.join(__dirname, "../../../../lib/network/lstm/wasm");

interface Engine {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (size: { initial: number; maximum: number; shared: true }) => Memory;
}

describe("the module in WebAssembly", () => {
  afterEach(() => delete process.env.PALIMPSEST_THREADS);
  const withThreads = (count: number) => (process.env.PALIMPSEST_THREADS = String(count));

  it("learns the same bits on any number of threads, also on fewer than there were", () => {
    const module = openModule();
    const learn = learner(module, { time: 5, batch: 13 });
    const results = [1, 3, 2, 5, 1].map((threads) => {
      withThreads(threads);
      return learn();
    });
    for (const result of results) assert.deepEqual(result, results[0]);
    assert.ok(results[0].loss > 1 && results[0].loss < 3, `${results[0].loss}`);
  });

  it("adds products of matrices as single precision does, and with relaxed SIMD rounds once less where the processor can", () => {
    withThreads(1);
    const [first, second] = [0.1, 0.7].map(Math.fround);
    const sum = (depth: number, add: (sum: number) => number) =>
      Array.from({ length: depth }).reduce<number>((sum) => add(sum), 0);
    const depths = Array.from({ length: 40 }, (_, index) => index + 1);
    const twice = depths.map((depth) => sum(depth, (sum) => Math.fround(sum + Math.fround(first * second))));
    const once = depths.map((depth) => sum(depth, (sum) => Math.fround(sum + first * second)));
    assert.notEqual(once[2], twice[2]);
    const [relaxed, plain] = [{}, { relaxed: false }].map((options) => {
      const module = openModule(options);
      return depths.map((depth) => {
        const matrices = [placed(module, [1, 1, depth], first), placed(module, [1, depth, 1], second)];
        const inputs = [...matrices, placed(module, [2], 0, "int32")];
        return numbersOf(module, module.call("MatrixProduct", inputs, 1)[0])[0];
      });
    });
    assert.deepEqual(plain, twice);
    // Which of the two relaxed SIMD does, it leaves to the processor.
    assert.deepEqual(relaxed, relaxed[2] === once[2] ? once : twice);
  });

  it("refuses what does not fit, in words, and computes on as if nothing had been", () => {
    withThreads(2);
    const module = openModule();
    const learn = learner(module, { time: 3, batch: 4 });
    const before = learn();
    for (let turn = 0; turn < 2000; turn++)
      // each would otherwise leave a piece of the stack behind
      assert.throws(learner(module, { time: 1, batch: 1, id: 5 }), /Expected `ids` from 0 to 4, got 5/);
    assert.deepEqual(learn(), before);
  });

  it("refuses what is larger than its memory before it computes", () => {
    const module = openModule();
    const ids = { ...placed(module, [1], 0, "int32"), shape: [1 << 14, 1 << 14] };
    const floats = (shape: number[]) => placed(module, shape, 0);
    const inputs = [ids, floats([1, 8]), floats([1, 8]), floats([3, 32]), floats([8, 32]), floats([32])];
    assert.throws(
      () => module.call("Read", [...inputs, floats([8, 3]), floats([3])], 3),
      /Expected less than fits into 2 GB at once, got 268435456 rows of 32 numbers: a smaller batch/,
    );
  });

  it("takes no more memory for a thousand steps than for the first ones", () => {
    withThreads(2);
    const module = openModule();
    const learn = learner(module, { time: 16, batch: 16 });
    for (let step = 0; step < 3; step++) learn();
    const { byteLength } = module.memory.buffer;
    for (let step = 0; step < 1000; step++) learn();
    assert.equal(module.memory.buffer.byteLength, byteLength);
  });

  it("ends a step with an error where a thread dies in it, and computes on with others", () => {
    withThreads(3);
    const script = path.join(__dirname, "dying-worker.cjs");
    const module = openModule({ script });
    const learn = learner(module, { time: 3, batch: 6 });
    withThreads(1);
    const expected = learn();
    withThreads(3);
    assert.throws(learn, /A thread of the computation has died: the step is lost/);
    assert.throws(learn, /A thread of the computation has died: the step is lost/); // others, which die as well
    withThreads(1);
    assert.deepEqual(learn(), expected);
  });

  it("ends a step with an error where a thread is ended from outside, and computes on", () => {
    const script = path.join(__dirname, "learn-and-be-killed.ts");
    const { stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", script], {
      ...{ encoding: "utf8", timeout: 50_000 },
    });
    assert.match(stdout, /^A thread of the computation has died: [^\n]*\nlearned\n$/, stderr);
  });

  it("replaces threads that have died between two steps", async () => {
    withThreads(3);
    const temporary = mkdtempSync(path.join(os.tmpdir(), "palimpsest-tired-"));
    const file = path.join(temporary, "be-tired");
    process.env.PALIMPSEST_TIRED = file;
    try {
      const module = openModule({ script: path.join(__dirname, "tired-worker.cjs") });
      const learn = learner(module, { time: 3, batch: 6 });
      const expected = learn();
      writeFileSync(file, "");
      while (existsSync(file)) await setTimeout(20); // until one of them has died of it
      assert.deepEqual(learn(), expected);
    } finally {
      delete process.env.PALIMPSEST_TIRED;
      rmSync(temporary, { recursive: true });
    }
  });

  it("computes all of it where fewer threads are there than were to work", () => {
    const { WebAssembly: engine } = globalThis as unknown as { WebAssembly: Engine };
    const compiled = new engine.Module(readFileSync(path.join(folder, "palimpsest.wasm")));
    const { instantiate } = require(path.join(folder, "instance.cjs"));
    const [expected, few] = [1, 3].map((threads) => {
      const memory = new engine.Memory({ initial: initialPages, maximum: mostPages, shared: true });
      const { module } = openInstance({
        ...{ compiled, memory, instantiate },
        ...{ helpers: () => alone, threads: () => threads },
      });
      return learner(module, { time: 5, batch: 13 })();
    });
    assert.deepEqual(few, expected);
  });

  it("computes on where a call was broken off, as by an interrupt of the kernel", () => {
    withThreads(3);
    const module = openModule();
    const learn = learner(module, { time: 200, batch: 16 });
    const expected = learn();
    const forEver = () => {
      for (;;) learn();
    };
    const context = vm.createContext({ work: forEver });
    for (let turn = 0; turn < 30; turn++) {
      assert.throws(() => void vm.runInContext("work()", context, { timeout: 10 }), /timed out/);
      // Has its threads again for the next turn: Node itself may fail where it is broken off while it makes some.
      assert.deepEqual(learn(), expected);
    }
  });

  it("lets the process end, however many threads sleep", () => {
    const script = path.join(__dirname, "learn-and-end.ts");
    const env = { ...process.env, PALIMPSEST_THREADS: "3" };
    const { stdout, status } = spawnSync(process.execPath, ["--import", "tsx", script], {
      ...{ env, encoding: "utf8", timeout: 50_000 },
    });
    assert.deepEqual([stdout, status], ["learned\n", 0]);
  });
});
