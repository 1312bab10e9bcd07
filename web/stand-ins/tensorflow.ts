/**
 * Stands for `lib/network/tensorflow.ts` in a page: TensorFlow.js in plain JavaScript around operations of our own in
 * WebAssembly, as where Node.js has no native TensorFlow; the only file of the page that names its packages.
 */
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops";
import "@tensorflow/tfjs-backend-cpu";
import { backendName, ModuleBackend } from "../../lib/network/lstm/wasm/backend";
import type { Runtime, TensorFlow, Variable } from "../../lib/network/tensorflow";
import { openModule } from "../computing/open-module";

export { tf };

export const runtime: Runtime = {
  get kind() {
    return tf.getBackend() === backendName ? "module" : "javascript";
  },
  version: tf.version_core,
  gpu: false,
  reason: "a browser has none",
};

let operations: ModuleBackend | undefined;

/**
 * Computes by operations of our own from here on. Tensors that were made before stay where they were: make networks anew.
 *
 * @returns tells how many threads work
 * @throws where they do not start
 */
export async function startModule(): Promise<() => number> {
  const { module, threads } = await openModule();
  operations = new ModuleBackend(tf as unknown as typeof TensorFlow, module);
  await tf.setBackend(backendName);
  return threads;
}

/** Computes by TensorFlow.js alone from here on. */
export async function startPlain(): Promise<void> {
  await tf.setBackend("cpu");
}

export async function ready(): Promise<Runtime> {
  await tf.ready();
  return runtime;
}

/** What calls our operations. Throws where they are not in use. */
export function moduleBackend(): ModuleBackend {
  if (!operations) throw new Error("The operations in WebAssembly are not in use");
  return operations;
}

/** There is no native TensorFlow in a browser. */
export function native(): never {
  throw new Error(`Native TensorFlow is not in use: ${runtime.reason}`);
}

export function callTensorflow(): never {
  return native();
}

export function tidy<Result>(work: () => Result): Result {
  return tf.tidy(work as never) as Result;
}

export function ownVariable(value: () => tf.Tensor): Variable {
  return tf.tidy(() => tf.variable(tf.add(value(), 0))) as unknown as Variable;
}

export function assignCopy(variable: tf.Variable, value: tf.Tensor): void {
  tf.tidy(() => variable.assign(tf.add(value, 0)));
}
