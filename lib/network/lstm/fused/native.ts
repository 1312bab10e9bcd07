/**
 * Operations of our own inside TensorFlow, for a CPU: `native/` has them in C++, set-up compiles them
 * (`setup/tensorflow/native.ts`), and here they are loaded and called. Tensors are neither copied nor converted.
 */
import { findOperations } from "../../compiled";
import { native, runtime, type Tensor } from "../../tensorflow";

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
    require(findOperations());
    shared[loaded] = true;
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * Calls an operation by its name in `native/tensorflow/register.cc`.
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
