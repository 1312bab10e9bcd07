/** Preloaded (`node --require`), it makes TensorFlow's native binding impossible to load, as where nothing is compiled. */

/** @type {any} Node's loader has no public hook for `require`. */
const Module = require("node:module");
const load = Module._load;
Module._load = (/** @type {string} */ name, /** @type {unknown[]} */ ...rest) => {
  if (name === "@tensorflow/tfjs-node-gpu") throw new Error("no binding in this test");
  return load.call(Module, name, ...rest);
};
