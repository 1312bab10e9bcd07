/**
 * Operations of our own inside TensorFlow, for a CPU: `native/` has them in C++, set-up compiles them (`setup/tensorflow/native.ts`),
 * and here they are loaded and called. Tensors are neither copied nor converted. What they compute, the files say that
 * call them: a layer (`native-layer.ts`), a network (`native-network.ts`), the loss and Adam (`native-loss-and-adam.ts`).
 */
import type { Precision } from "../../params";
import { native, runtime, tf, type Tensor } from "../../tensorflow";
import { findAddon } from "./addon";

let problem: string | undefined;

/** Why the operations cannot be called, as part of a sentence; "" where they can. Loads them at the first call. */
export function nativeProblem(): string {
  problem ??= load();
  return problem;
}

function load(): string {
  if (runtime.kind !== "native") return `native TensorFlow is not in use: ${runtime.reason}`;
  // TensorFlow ends the process when it is told of an operation twice, as by a notebook that has imported this file anew.
  const loaded = Symbol.for("palimpsest.native");
  const shared = globalThis as { [loaded]?: boolean };
  if (shared[loaded]) return "";
  try {
    require(findAddon());
    shared[loaded] = true;
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

export interface Abilities {
  /** Numbers that are computed at once: 16 with AVX-512, 8 with AVX, 4 with NEON or SSE. */
  readonly lanes: number;
  /** Whether the processor multiplies bfloat16 by itself; elsewhere rounded numbers are multiplied in single precision. */
  readonly bfloat16: boolean;
  /** Threads that share the work: one for each core, or as many as the environment's PALIMPSEST_THREADS says. */
  readonly threads: number;
}

/** What the operations make use of on this machine. */
export function abilities(): Abilities {
  const answer = callNative("Abilities", [], 1)[0];
  const [lanes, bfloat16, threads] = answer.dataSync();
  answer.dispose();
  return { lanes, bfloat16: bfloat16 === 1, threads };
}

/** How operations are told a precision: whether to multiply in bfloat16. */
export function halfOf(precision: Precision = "fp32"): Tensor {
  return tf.scalar(precision === "bf16" ? 1 : 0, "int32");
}

/**
 * Calls an operation by its name in `native/register.cc`.
 *
 * @throws where the operations are not there, and where the inputs do not fit
 */
export function callNative(
  name: string,
  inputs: Tensor[],
  outputs: number,
  attributes: Record<string, number> = {},
): Tensor[] {
  const problem = nativeProblem();
  if (problem) throw new Error(`The native operations cannot be called: ${problem}`);
  const backend = native();
  const given = Object.entries(attributes).map(([name, value]) => ({
    name,
    type: backend.binding.TF_ATTR_INT,
    value,
  }));
  return backend.executeMultipleOutputs(`Palimpsest${name}`, given, inputs, outputs);
}
