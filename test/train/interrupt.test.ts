import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { stat } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { interruptible, takeInterrupt } from "../../lib/train/interrupt";

/** Ctrl-C. Resolves when it has been told. */
async function interrupt(): Promise<void> {
  process.kill(process.pid, "SIGINT");
  await setTimeout(20);
}

/** Runs a script in a process of its own, interrupts it each time it prints "ready", and returns how it ended. */
async function interruptedProcess(script: string) {
  const child = spawn(process.execPath, ["--require", "tsx/cjs", "--eval", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    if (text.includes("ready")) child.kill("SIGINT");
  });
  const [code, signal] = await once(child, "close");
  return { code, signal, stdout: stdout.replaceAll("ready\n", "") };
}

describe("takeInterrupt", () => {
  const listeners = () => process.rawListeners("SIGINT");
  let before: unknown[];
  let told = 0;
  const other = () => void told++;
  beforeEach(() => {
    told = 0;
    process.on("SIGINT", other);
    before = listeners();
  });
  afterEach(() => {
    assert.deepEqual(listeners(), before);
    process.removeListener("SIGINT", other);
  });

  it("turns an interrupt into a flag and a signal, and tells nobody else", async () => {
    const taken = await takeInterrupt();
    assert.equal(taken.requested, false);
    await interrupt();
    assert.equal(taken.requested, true);
    assert.equal(taken.signal.aborted, true);
    assert.equal(told, 0);
    taken.release();
  });

  it("tells works that overlap, and gives the interrupt back with the last", async () => {
    const first = await takeInterrupt();
    const second = await takeInterrupt();
    await interrupt();
    first.release();
    const third = await takeInterrupt();
    assert.deepEqual([first.requested, second.requested, third.requested], [true, true, false]);
    second.release();
    await interrupt();
    assert.equal(third.requested, true);
    assert.equal(told, 0);
    third.release();
    third.release();
  });

  it("loses no interrupt that comes while another work takes it", async () => {
    const first = await takeInterrupt();
    // Behind a file's, work begins in the part of the event loop that has looked for signals already.
    await stat(".");
    process.kill(process.pid, "SIGINT");
    const second = await takeInterrupt();
    await setTimeout(20);
    assert.deepEqual([told, first.requested, second.requested], [0, true, true]);
    second.release();
    first.release();
  });

  it("keeps those silent who began to listen while another work went on", async () => {
    const left = await takeInterrupt();
    process.on("SIGINT", other); // as the kernel does before each cell
    const next = await takeInterrupt();
    await interrupt();
    assert.deepEqual([told, left.requested, next.requested], [0, true, true]);
    next.release();
    left.release();
  });
});

describe("interruptible", () => {
  it("gives the interrupt back however its body ends", async () => {
    const before = process.rawListeners("SIGINT");
    assert.equal(await interruptible(async () => "done"), "done");
    await assert.rejects(
      interruptible(async () => {
        throw new Error("failed");
      }),
      { message: "failed" },
    );
    assert.deepEqual(process.rawListeners("SIGINT"), before);
  });

  it("lets a program in a terminal end in good order at Ctrl-C", async () => {
    const { code, stdout } = await interruptedProcess(`
      const { interruptible } = require("./lib/train/interrupt");
      void interruptible(async (interrupt) => {
        console.log("ready");
        while (!interrupt.requested) await new Promise((resolve) => setTimeout(resolve, 5));
        console.log("saved");
      });
    `);
    assert.deepEqual([code, stdout], [0, "saved\n"]);
  });

  it("lets the third Ctrl-C end a program that does not look at the flag", async () => {
    const { signal, stdout } = await interruptedProcess(`
      const { interruptible } = require("./lib/train/interrupt");
      void interruptible(async () => {
        for (let second = 1; ; second++) {
          console.log("ready");
          await new Promise((resolve) => setTimeout(resolve, 100));
          console.log(second);
        }
      });
    `);
    assert.deepEqual([signal, stdout], ["SIGINT", "1\n2\n"]);
  });
});
