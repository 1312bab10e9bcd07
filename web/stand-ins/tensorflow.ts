/**
 * Stands for `lib/network/tensorflow.ts` in a page: TensorFlow.js with the engines of a browser, and the only file of the
 * page that names its packages.
 */
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops";
import "@tensorflow/tfjs-backend-cpu";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import "@tensorflow/tfjs-backend-webgl";
import "@tensorflow/tfjs-backend-webgpu";
import type { Runtime, Variable } from "../../lib/network/tensorflow";

export { tf };

/** As `lib` knows it: what WebAssembly computes otherwise than the rest is asked for by this name. */
export const runtime: Runtime = {
  get kind() {
    return tf.getBackend() === "wasm" ? "wasm" : "javascript";
  },
  version: tf.version_core,
  gpu: false,
  reason: "a browser has none",
};

/** What computes in a browser. */
export type Engine = "wasm" | "webgpu" | "webgl" | "cpu";

/** In the order in which they are tried: WebAssembly is ready at once, and the fastest at one character after another. */
const engines: readonly Engine[] = ["wasm", "webgpu", "webgl", "cpu"];

/** The engines of this browser. */
export async function enginesHere(): Promise<Engine[]> {
  const here: Record<Engine, boolean> = {
    wasm: typeof WebAssembly === "object",
    webgpu: await hasWebGpu(),
    webgl: hasWebGl(),
    cpu: true,
  };
  return engines.filter((engine) => here[engine]);
}

/**
 * Computes with an engine from here on. Tensors that were made before stay where they were: make the network anew.
 *
 * @param folder the address of the page's folder, where WebAssembly lies
 * @throws where it does not start
 */
export async function startEngine(engine: Engine, folder: string): Promise<void> {
  if (engine === "wasm") {
    // With threads it would need a worker from another file, and a server that sends headers for shared memory.
    tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
    setWasmPaths(folder);
  }
  if (!(await tf.setBackend(engine))) throw new Error(`The engine ${engine} does not start in this browser`);
  await tf.ready();
}

export async function ready(): Promise<Runtime> {
  await tf.ready();
  return runtime;
}

/** There is no native TensorFlow in a browser. */
export function native(): never {
  throw new Error(`Native TensorFlow is not in use: ${runtime.reason}`);
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

async function hasWebGpu(): Promise<boolean> {
  const { gpu } = navigator as unknown as { gpu?: { requestAdapter(): Promise<unknown> } };
  const adapter = await gpu?.requestAdapter().catch(() => undefined);
  return Boolean(adapter);
}

function hasWebGl(): boolean {
  return typeof OffscreenCanvas === "function" && new OffscreenCanvas(1, 1).getContext("webgl2") !== null;
}
