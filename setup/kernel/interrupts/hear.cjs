/**
 * The thread that hears the interrupt (SIGINT), whatever the kernel's main thread is doing: Node tells of a signal only
 * between two tasks, and a loop of a cell may never come to an end.
 *
 * It waits under vm's `breakOnSigint`, which ends the wait at once. The waits lie one within another: a signal that
 * comes while one begins anew ends the one around it. Without any the signal would end the process.
 */
const { Session } = require("node:inspector");
const { performance } = require("node:perf_hooks");
const process = require("node:process");
const vm = require("node:vm");
const { parentPort, workerData } = require("node:worker_threads");

const { memory, places } = workerData;
const shared = new Int32Array(memory);
const main = new Session();
const waits = 4;
/** Milliseconds between two looks at a main thread that does not take the interrupt. */
const pause = 20;
/** Milliseconds between two looks whether Jupyter is there, and how long the main thread may take to end without it. */
const [round, farewell] = [1000, 5000];
const parent = process.ppid;

let isReady = false;
let heard = 0;
/** When Jupyter was found to have ended. */
let orphaned = Infinity;
/** When the first interrupt came that is not delivered yet. */
let since = 0;

main.connectToMainThread();
globalThis.listen = listen;
listen(waits);
main.disconnect();
Atomics.store(shared, places.left, 1);
Atomics.notify(shared, places.left);

/** @param {number} level of the waits that lie within one another; 0 is the innermost */
function listen(level) {
  while (!Atomics.load(shared, places.ending)) {
    try {
      if (level === 0) wait();
      else vm.runInThisContext(`listen(${level - 1})`, { breakOnSigint: true });
    } catch (error) {
      const { code } = /** @type {NodeJS.ErrnoException} */ (error);
      if (level === 0 || code !== "ERR_SCRIPT_EXECUTION_INTERRUPTED") throw error;
      if (pending() === 0) since = performance.now();
      tell(++heard);
    }
  }
}

/** Until something has changed; while an interrupt is not delivered, the main thread is asked to look at it. */
function wait() {
  if (!isReady) tell(0);
  isReady = true;
  const changes = Atomics.load(shared, places.changes);
  if (pending() > 0) lookAtInterrupt();
  Atomics.wait(shared, places.changes, changes, pending() > 0 ? pause : round);
  endWithJupyter();
}

/**
 * With the moment: the main thread may come to it much later.
 *
 * @param {number} count of the interrupts so far
 */
function tell(count) {
  parentPort?.postMessage({ count, date: Date.now(), time: performance.timeOrigin + performance.now() });
}

/** `kernel.ts` does the same; a main thread that is busy for ever never comes to it. */
function endWithJupyter() {
  if (process.ppid === parent) orphaned = Infinity;
  else if (orphaned === Infinity) orphaned = performance.now();
  if (performance.now() > orphaned + farewell) process.kill(process.pid, "SIGKILL");
}

function pending() {
  return heard - Atomics.load(shared, places.delivered);
}

/** Comes between two steps of whatever the main thread computes. */
function lookAtInterrupt() {
  const waited = Math.round(performance.now() - since);
  const expression = `globalThis[Symbol.for("palimpsest.interrupt")](${heard}, ${waited})`;
  main.post("Runtime.evaluate", { expression });
}
