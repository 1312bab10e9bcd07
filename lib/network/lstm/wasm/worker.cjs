/** A thread of the module in Node (`workers.ts`). */
const { workerData } = require("node:worker_threads");
const { serve } = require("./thread.cjs");

serve(workerData);
