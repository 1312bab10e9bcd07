/** A thread of the module that dies in the midst of its first piece of work: its stack is at the end of the memory. */
const { workerData } = require("node:worker_threads");

workerData.stack = 64;
require("../../../../lib/network/lstm/wasm/worker.cjs");
