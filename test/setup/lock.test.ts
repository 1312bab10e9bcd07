import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { alone } from "../../setup/bare/lock.mjs";
import { temporaryFolder } from "./machine";

const lockModule = path.resolve("setup/bare/lock.mjs");

/** Runs a script that has `alone` and `noteWorker`, until it prints a line. */
async function setUpIn(project: string, script: string) {
  const preamble = `import { alone, noteWorker } from ${JSON.stringify(lockModule)};
    import { spawn } from "node:child_process";
    const project = ${JSON.stringify(project)};`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", preamble + script]);
  await once(child.stdout, "data");
  return child;
}

describe("alone", () => {
  it("returns what the work returns, and gives the lock back", async function () {
    const project = temporaryFolder(this);
    assert.equal(await alone(project, async () => 42, assert.fail), 42);
    assert.deepEqual(fs.readdirSync(path.join(project, ".cache")), []);
  });

  it("gives the lock back where the work fails", async function () {
    const project = temporaryFolder(this);
    await assert.rejects(
      alone(project, () => Promise.reject(new Error("no disk")), assert.fail),
      /no disk/,
    );
    assert.equal(await alone(project, async () => "next", assert.fail), "next");
  });

  it("waits for a set-up that another process does", async function () {
    const project = temporaryFolder(this);
    const other = await setUpIn(
      project,
      `await alone(project, async () => {
        console.log("working");
        await new Promise((resolve) => process.stdin.once("data", resolve));
        process.stdin.destroy();
      }, () => {});`,
    );
    const lines: string[] = [];
    let done = false;
    const mine = alone(
      project,
      async () => (done = true),
      (line) => lines.push(line),
    );
    await setTimeout(50);
    assert.equal(done, false);
    other.stdin.write("go on\n");
    await mine;
    assert.equal(lines.length, 1);
    assert.match(lines[0], new RegExp(`waiting for process ${other.pid}`));
  });

  it("waits for what a killed set-up has left running", async function () {
    const project = temporaryFolder(this);
    const killed = await setUpIn(
      project,
      `await alone(project, async () => {
        const worker = spawn(process.execPath, ["--eval", "setInterval(() => {}, 1000)"]);
        noteWorker(worker.pid);
        console.log("working");
        await new Promise(() => setInterval(() => {}, 1000));
      }, () => {});`,
    );
    killed.kill("SIGKILL");
    await once(killed, "exit");
    const [, worker] = fs
      .readFileSync(path.join(project, ".cache", "setup.lock"), "utf8")
      .split("\n")
      .map(Number);
    let done = false;
    const mine = alone(
      project,
      async () => (done = true),
      () => {},
    );
    await setTimeout(50);
    assert.equal(done, false);
    process.kill(worker, "SIGKILL");
    await mine;
    assert.equal(done, true);
  });

  it("takes over a lock whose processes are gone", async function () {
    const project = temporaryFolder(this);
    const killed = await setUpIn(
      project,
      `await alone(project, async () => { console.log("."); process.kill(process.pid, 9); });`,
    );
    await once(killed, "exit");
    assert.equal(await alone(project, async () => "taken over", assert.fail), "taken over");
  });

  it("takes over a lock from before the machine was started", async function () {
    const project = temporaryFolder(this);
    const file = path.join(project, ".cache", "setup.lock");
    fs.mkdirSync(path.dirname(file));
    fs.writeFileSync(file, `${process.pid}\n`);
    fs.utimesSync(file, 1, 1);
    assert.equal(await alone(project, async () => "taken over", assert.fail), "taken over");
  });
});
