/** What a thread of the module does, be it a worker of Node (`worker.cjs`) or of a page (`web/thread.ts`). */
const { instantiate } = require("./instance.cjs");

/** Of the first word: whether a thread has died; of the others: what has become of the threads. As in `threads.ts`. */
const [ready, dead] = [1, 2];

/**
 * Takes a stack and thread-local variables of its own, and serves for ever.
 *
 * @param {{ compiled: unknown, memory: any, flags: SharedArrayBuffer, index: number, stack: number, local: number,
 *   seen: number }} given what `threads.ts` gives each
 */
function serve({ compiled, memory, flags, index, stack, local, seen }) {
  const shared = new Int32Array(flags);
  const tell = (/** @type {number} */ place, /** @type {number} */ value) => {
    Atomics.store(shared, place, value);
    Atomics.notify(shared, place);
  };
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
}

module.exports = { serve };
