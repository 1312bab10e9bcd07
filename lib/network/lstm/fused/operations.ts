/**
 * Operations of our own, whichever way they run: inside native TensorFlow (`native.ts`), or in WebAssembly where there is none
 * (`../wasm/`). What they compute, the files say that call them: a layer (`native-layer.ts`), a network
 * (`native-network.ts`), the loss and Adam (`native-loss-and-adam.ts`).
 */
import type { Precision } from "../../params";
import { moduleBackend, runtime, tf, type Tensor } from "../../tensorflow";
import { callNative, nativeProblem } from "./native";

/** Why no operations can be called, as part of a sentence; "" where they can. */
export function operationsProblem(): string {
  return runtime.kind === "module" ? "" : nativeProblem();
}

/**
 * Calls an operation by its name, which is the same in `native/tensorflow/register.cc` and in `native/wasm/module.cc`.
 *
 * @param attributes for TensorFlow: of how many tensors each list is
 * @throws where the operations are not there, and where the inputs do not fit
 */
export function callOperation(
  name: string,
  inputs: Tensor[],
  outputs: number,
  attributes: Record<string, number> = {},
): Tensor[] {
  if (runtime.kind === "module") return moduleBackend().call(name, inputs, outputs);
  return callNative(name, inputs, outputs, attributes);
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
  const answer = callOperation("Abilities", [], 1)[0];
  const [lanes, bfloat16, threads] = answer.dataSync();
  answer.dispose();
  return { lanes, bfloat16: bfloat16 === 1, threads };
}

/** How operations are told a precision: whether to multiply in bfloat16. */
export function halfOf(precision: Precision = "fp32"): Tensor {
  return tf.scalar(precision === "bf16" ? 1 : 0, "int32");
}
