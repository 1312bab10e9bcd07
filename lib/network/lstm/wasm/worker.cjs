/** A thread of the module in Node (`workers.ts`): takes a stack and thread-local variables of its own, and serves for ever. */
const { workerData } = require("node:worker_threads");
const { instantiate } = require("./instance.cjs");

/** @type {{ compiled: unknown, memory: any, flags: SharedArrayBuffer, index: number, stack: number, local: number, seen: number }} */
const { compiled, memory, flags, index, stack, local, seen } = workerData;
const shared = new Int32Array(flags);

/** Of the first word: whether a thread has died; of the others: what has become of the workers. As in `workers.ts`. */
const [ready, dead] = [1, 2];

try {
  const exports = instantiate(compiled, memory, () => {
    if (Atomics.load(shared, 0)) throw new Error("Another thread has died");
  });
  exports.__stack_pointer.value = stack;
  exports.__wasm_init_tls(local);
  if (!Atomics.load(shared, 0)) {
    tell(index, ready);
    exports.serve(index, seen);
  }
} catch {
  // Whoever waits for this thread sees it by the flags, and can hear nothing meanwhile.
} finally {
  tell(0, 1);
  tell(index, dead);
}

function tell(/** @type {number} */ place, /** @type {number} */ value) {
  Atomics.store(shared, place, value);
  Atomics.notify(shared, place);
}
