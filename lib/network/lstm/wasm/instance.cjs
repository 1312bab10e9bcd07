/**
 * One instance of the module, for the main thread or for a worker: what the module asks of JavaScript
 * (`../native/wasm/imports.h`).
 */

/** @type {any} Node's own types do not know the former. */
const { WebAssembly, TextDecoder } = globalThis;

/** Milliseconds between two looks whether a thread has died for which this one waits. */
const round = 200;

/**
 * @param {unknown} compiled the module
 * @param {{ readonly buffer: SharedArrayBuffer }} memory shared by all threads
 * @param {() => void} check throws where a thread has died
 * @returns {any} what the module exports
 */
function instantiate(compiled, memory, check) {
  const nothing = new Int32Array(new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer);
  /** @type {Record<string, Record<string, unknown>>} */
  const imports = {
    env: { memory },
    palimpsest: {
      raise(/** @type {number} */ at) {
        throw new Error(textAt(memory, at >>> 0));
      },
      sleep(/** @type {number} */ at, /** @type {number} */ value) {
        Atomics.wait(new Int32Array(memory.buffer), (at >>> 0) / 4, value, round);
        check();
      },
      rest() {
        Atomics.wait(nothing, 0, 0, 0.02);
        check();
      },
    },
  };
  // The C library names functions of WASI for its own error messages, and calls none of them here.
  for (const { module: from, name, kind } of WebAssembly.Module.imports(compiled)) {
    if (kind !== "function" || !from.startsWith("wasi")) continue;
    imports[from] ??= {};
    imports[from][name] = () => {
      throw new Error(`The module asks for ${name}`);
    };
  }
  return new WebAssembly.Instance(compiled, imports).exports;
}

/**
 * A text that ends with a zero.
 *
 * @param {{ readonly buffer: SharedArrayBuffer }} memory
 * @param {number} at
 */
function textAt(memory, at) {
  const bytes = new Uint8Array(memory.buffer);
  // A copy, because the decoder takes no shared memory.
  return new TextDecoder().decode(bytes.slice(at, bytes.indexOf(0, at)));
}

module.exports = { instantiate };
