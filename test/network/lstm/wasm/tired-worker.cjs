/** A thread of the module that dies between two steps, once the file is there that tells it to, which it takes away. */
const { existsSync, rmSync } = require("node:fs");
const process = require("node:process");

const { wait } = Atomics;
const { PALIMPSEST_TIRED: file = "" } = process.env;

Object.assign(Atomics, {
  wait(/** @type {Parameters<typeof wait>} */ ...args) {
    const woken = wait(...args);
    if (woken === "timed-out" && existsSync(file)) {
      rmSync(file);
      throw new Error("tired");
    }
    return woken;
  },
});
require("../../../../lib/network/lstm/wasm/worker.cjs");
