/**
 * One set-up at a time in this project: a second one waits for the first, and also for what a killed one has left
 * running (npm, pip), because two of them in one folder would leave a mixture.
 */
import fs from "node:fs";
import path from "node:path";
import process from "node:process";
import os from "node:os";
import { setTimeout } from "node:timers/promises";

/** @type {string | undefined} the lock that this process holds */
let held;

/**
 * Runs `work` while no other set-up of the project runs.
 *
 * @template T
 * @param {string} projectRoot
 * @param {() => Promise<T>} work
 * @param {(line: string) => void} tell is told once where there is something to wait for
 * @returns {Promise<T>}
 */
export async function alone(projectRoot, work, tell) {
  const file = path.join(projectRoot, ".cache", "setup.lock");
  fs.mkdirSync(path.dirname(file), { recursive: true });
  let told = false;
  while (!take(file)) {
    const [holder] = holders(file);
    if (holder !== undefined && !told) {
      tell(
        `Another set-up of this project is at work: waiting for process ${holder} (to end it: kill ${holder}).`,
      );
      told = true;
    }
    await setTimeout(holder === undefined ? 0 : 300);
  }
  held = file;
  try {
    return await work();
  } finally {
    held = undefined;
    fs.rmSync(file, { force: true });
  }
}

/**
 * Notes a process that works for the set-up that holds the lock, so that the lock outlives a killed parent.
 *
 * @param {number | undefined} pid
 */
export function noteWorker(pid) {
  if (held !== undefined && pid !== undefined) fs.appendFileSync(held, `${pid}\n`);
}

/**
 * Whether the lock is ours now. A lock of processes that are all gone is removed, to be tried for again.
 *
 * @param {string} file
 */
function take(file) {
  try {
    fs.writeFileSync(file, `${process.pid}\n`, { flag: "wx" });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
    if (holders(file).length === 0) fs.rmSync(file, { force: true });
    return false;
  }
}

/**
 * The processes of a lock that still run; none of a lock from before the machine was started.
 *
 * @param {string} file
 * @returns {number[]}
 */
function holders(file) {
  try {
    const started = Date.now() - os.uptime() * 1000;
    if (fs.statSync(file).mtimeMs < started) return [];
    return fs.readFileSync(file, "utf8").split("\n").filter(Boolean).map(Number).filter(isRunning);
  } catch {
    return []; // The lock was given back a moment ago.
  }
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
  return !isZombie(pid);
}

/**
 * Whether a process has ended and only waits for its parent to notice, which in a container may never happen.
 *
 * @param {number} pid
 */
function isZombie(pid) {
  try {
    return /\) Z /.test(fs.readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false; // Not Linux, or gone.
  }
}
