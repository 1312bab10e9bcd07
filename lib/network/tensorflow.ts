/**
 * TensorFlow.js as this project uses it, and the only file that names its packages, but for types: native TensorFlow where set-up
 * has built the binding, else plain JavaScript around operations of our own in WebAssembly. Which one runs is `runtime`.
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import util from "node:util";
import { findOperations } from "./compiled";
import { backendName, ModuleBackend } from "./lstm/wasm/backend";
import { openModule, usesRelaxedSimd } from "./lstm/wasm/here";
import { quietly } from "./quiet-load";
import type { Variable } from "./tensorflow-types";

export type * from "./tensorflow-types";

export interface Runtime {
  /**
   * "native" is TensorFlow's own library; "module" is TensorFlow.js in plain JavaScript around our operations in WebAssembly;
   * the others, which come with npm, are for the reference alone.
   */
  readonly kind: "native" | "module" | "wasm" | "javascript";
  /** TensorFlow's version for "native", TensorFlow.js' otherwise. */
  readonly version: string;
  /** Whether TensorFlow found a GPU that it can compute on. */
  readonly gpu: boolean;
  /** Why native TensorFlow is not used; "" where it is. */
  readonly reason: string;
  /** Of "module": whether it computes with WebAssembly's relaxed SIMD, which gives other last bits. */
  readonly relaxedSimd?: boolean;
}

/** An attribute of a TensorFlow operation, as the native binding takes it. */
export interface Attribute {
  name: string;
  type: number;
  value: unknown;
}

/** An output of an operation before it is wrapped into a tensor. */
export interface RawOutput {
  readonly id: number;
  readonly shape: number[];
  readonly dtype: number;
}

type AttributeType = "TYPE" | "INT" | "FLOAT" | "STRING" | "BOOL";

/** The part of tfjs-node's backend by which any operation of TensorFlow is called. */
export interface NativeBackend {
  readonly isUsingGpuDevice: boolean;
  executeMultipleOutputs(
    name: string,
    attributes: Attribute[],
    inputs: TensorFlow.Tensor[],
    outputs: number,
  ): TensorFlow.Tensor[];
  getInputTensorIds(tensors: TensorFlow.Tensor[]): number[];
  createOutputTensor(output: RawOutput): TensorFlow.Tensor;
  readonly binding: Readonly<Record<`TF_ATTR_${AttributeType}` | "TF_FLOAT" | "TF_INT32", number>> & {
    readonly TF_Version: string;
    executeOp(name: string, attributes: Attribute[], inputs: number[], outputs: number): RawOutput[];
    deleteTensor(id: number): void;
  };
}

const loaded = load();

/** TensorFlow.js' functions. Await `ready()` once before the first tensor is made. */
export const tf = loaded.tf;

export const runtime: Runtime = loaded.runtime;

/** Starts the backend; most are ready at once, TensorFlow.js' own WebAssembly has to be compiled first. */
export async function ready(): Promise<Runtime> {
  if (runtime.kind === "wasm") await tf.setBackend("wasm");
  await tf.ready();
  return runtime;
}

/** The native backend. Throws where there is none. */
export function native(): NativeBackend {
  if (runtime.kind !== "native") throw new Error(`Native TensorFlow is not in use: ${runtime.reason}`);
  return tf.backend() as unknown as NativeBackend;
}

/**
 * Calls an operation of native TensorFlow's for which TensorFlow.js has no function.
 *
 * @param types attributes of it that are types, by name
 * @param outputs how many it gives
 */
export function callTensorflow(
  name: string,
  inputs: TensorFlow.Tensor[],
  types: Readonly<Record<string, "TF_FLOAT" | "TF_INT32">>,
  outputs: number,
): TensorFlow.Tensor[] {
  const { binding } = native();
  const attributes = Object.entries(types).map(([name, type]) => ({
    name,
    type: binding.TF_ATTR_TYPE,
    value: binding[type],
  }));
  return native().executeMultipleOutputs(name, attributes, inputs, outputs);
}

/** What calls our operations in WebAssembly. Throws where they are not in use. */
export function moduleBackend(): ModuleBackend {
  if (!loaded.operations) throw new Error("The operations in WebAssembly are not in use");
  return loaded.operations;
}

/** `tf.tidy` for results of any type: what of it is a tensor, however deep, stays. */
export function tidy<Result>(work: () => Result): Result {
  return tf.tidy(work as never) as Result;
}

/**
 * A variable with memory of its own: native operations write into it in place, where tensors made of JavaScript arrays
 * may still share theirs with the array.
 */
export function ownVariable<Rank extends TensorFlow.Rank>(
  value: () => TensorFlow.Tensor<Rank>,
): Variable<Rank> {
  return tf.tidy(() => tf.variable(value().add(0) as TensorFlow.Tensor<Rank>));
}

/** Gives a variable the values of a tensor, again in memory of its own. */
export function assignCopy(variable: Variable, value: TensorFlow.Tensor): void {
  tf.tidy(() => variable.assign(value.add(0)));
}

interface Loaded {
  readonly tf: typeof TensorFlow;
  readonly runtime: Runtime;
  readonly operations?: ModuleBackend;
}

/** The fastest that runs here; PALIMPSEST_LSTM=wasm leaves native TensorFlow out, and "reference" our operations. */
function load(): Loaded {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= "2"; // TensorFlow's greetings would fill a notebook's first output.
  process.env.TF_FORCE_GPU_ALLOW_GROWTH ??= "true"; // Else the first notebook takes all memory of the GPU.
  const wanted = process.env.PALIMPSEST_LSTM;
  if (wanted === "wasm") return loadWithoutNative("PALIMPSEST_LSTM=wasm in the environment leaves it out");
  try {
    renewLegacyOfNode();
    const loadNative = () => require("@tensorflow/tfjs-node-gpu") as typeof TensorFlow;
    const tf = process.env.TF_CPP_MIN_LOG_LEVEL === "0" ? loadNative() : quietly(loadNative);
    const { binding, isUsingGpuDevice } = tf.backend() as unknown as NativeBackend;
    const problem = wanted || isUsingGpuDevice ? "" : operationsMissing();
    if (problem) return loadWithoutNative(problem);
    return {
      tf,
      runtime: { kind: "native", version: binding.TF_Version, gpu: isUsingGpuDevice, reason: "" },
    };
  } catch (error) {
    const reason = `the native binding did not load (${firstLine(error)}); \`npm run doctor\` tells what is missing`;
    return wanted === "reference" ? loadReference(reason) : loadWithoutNative(reason);
  }
}

/** Why our operations for native TensorFlow, without which it is slower than WebAssembly, are not there; "" where they are. */
function operationsMissing(): string {
  try {
    findOperations();
    return "";
  } catch (error) {
    return `our operations for it are missing: ${firstLine(error)}`;
  }
}

function loadWithoutNative(reason: string): Loaded {
  const tf = require("@tensorflow/tfjs") as typeof TensorFlow;
  // One for all of the process, in which a notebook may have imported this file anew.
  const opened = Symbol.for("palimpsest.module");
  const shared = globalThis as { [opened]?: ModuleBackend };
  try {
    const relaxedSimd = usesRelaxedSimd();
    shared[opened] ??= new ModuleBackend(tf, openModule({ relaxed: relaxedSimd }));
    void tf.setBackend(backendName); // at once, because nothing of it has to be waited for
    const version = tf.version_core;
    const runtime: Runtime = { kind: "module", version, gpu: false, reason, relaxedSimd };
    return { tf, runtime, operations: shared[opened] };
  } catch (error) {
    return loadReference(`${reason}; nor did our operations in WebAssembly (${firstLine(error)})`);
  }
}

/** TensorFlow.js without anything of our own. */
function loadReference(reason: string): Loaded {
  const tf = require("@tensorflow/tfjs") as typeof TensorFlow;
  let kind: Runtime["kind"] = "javascript";
  try {
    require("@tensorflow/tfjs-backend-wasm");
    kind = "wasm";
  } catch {
    // Without WebAssembly the JavaScript backend, which is always there, computes.
  }
  return { tf, runtime: { kind, version: tf.version_core, gpu: false, reason } };
}

/** tfjs-node 4.22 calls two functions that Node 23 removed, and of which Node 22 says that they are deprecated. */
function renewLegacyOfNode(): void {
  const legacy = util as unknown as Record<string, unknown>;
  legacy.isNullOrUndefined = (value: unknown) => value === null || value === undefined;
  legacy.isArray = Array.isArray;
}

function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split("\n")[0];
}
