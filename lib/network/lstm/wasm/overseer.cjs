/**
 * Starts the threads of the module in Node (`workers.ts`) and says of each when it has ended: whoever computes waits for
 * them and hears nothing meanwhile, and a thread that is ended from outside cannot say so itself.
 */
const { Worker, workerData } = require("node:worker_threads");

/** @type {{ script: string, shared: Record<string, unknown>, flags: SharedArrayBuffer, threads: { index: number }[] }} */
const { script, shared, flags: buffer, threads } = workerData;
const flags = new Int32Array(buffer);

/** As in `workers.ts`. */
const dead = 2;

for (const thread of threads) {
  try {
    const workerData = { ...shared, ...thread, flags: buffer };
    const worker = new Worker(script, { workerData, execArgv: [] });
    worker.on("error", () => undefined); // of Node itself; see `worker.cjs`
    worker.on("exit", () => sayDead(thread.index));
  } catch {
    sayDead(thread.index);
  }
}

function sayDead(/** @type {number} */ index) {
  for (const [place, value] of [
    [0, 1],
    [index, dead],
  ]) {
    Atomics.store(flags, place, value);
    Atomics.notify(flags, place);
  }
}
