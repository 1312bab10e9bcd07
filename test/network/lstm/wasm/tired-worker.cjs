/** A thread of the module that dies between two steps: as soon as it has slept for as long as it may at once. */
const { wait } = Atomics;

Object.assign(Atomics, {
  wait(/** @type {Parameters<typeof wait>} */ ...args) {
    const woken = wait(...args);
    if (woken === "timed-out" && (args[3] ?? 0) > 100) throw new Error("tired");
    return woken;
  },
});
require("../../../../lib/network/lstm/wasm/worker.cjs");
