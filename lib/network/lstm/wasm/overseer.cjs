/**
 * Starts the threads of the module in Node (`workers.ts`) and says of each when it has ended: whoever computes waits for
 * them and hears nothing meanwhile, and a thread that is ended from outside cannot say so itself.
 */
const { Worker, workerData } = require("node:worker_threads");

/** @type {{ script: string, threads: { index: number, flags: SharedArrayBuffer }[] }} */
const { script, threads } = workerData;

/** As in `threads.ts`. */
const dead = 2;

for (const thread of threads) {
  try {
    const worker = new Worker(script, { workerData: thread, execArgv: [] });
    worker.on("error", () => undefined); // of Node itself; see `thread.cjs`
    worker.on("exit", () => sayDead(thread));
  } catch {
    sayDead(thread);
  }
}

function sayDead(/** @type {{ index: number, flags: SharedArrayBuffer }} */ { index, flags }) {
  const words = new Int32Array(flags);
  for (const [place, value] of [
    [0, 1],
    [index, dead],
  ]) {
    Atomics.store(words, place, value);
    Atomics.notify(words, place);
  }
}
