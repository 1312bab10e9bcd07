/** Ends the last thread of the module from outside, whatever it is at, a little after all have started. */
const threads = require("node:worker_threads");
const { clearInterval, setInterval, setTimeout } = require("node:timers");

const { Worker } = threads;
const flags = new Int32Array(threads.workerData.threads[0].flags);

threads.Worker = class extends Worker {
  /** @param {ConstructorParameters<typeof Worker>} given */
  constructor(...given) {
    super(...given);
    if (given[1]?.workerData.index < flags.length - 1) return;
    const timer = setInterval(() => {
      if (flags.subarray(1).some((word) => word === 0)) return;
      clearInterval(timer);
      setTimeout(() => void this.terminate(), 100);
    }, 20);
  }
};
require("../../../../lib/network/lstm/wasm/overseer.cjs");
