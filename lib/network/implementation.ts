/**
 * The seam behind which the network is computed: what a fast implementation may replace, those that there are, and the
 * choice among the ones that this machine can run.
 */
import type { AdamUpdate } from "./learning/adam-update";
import { referenceAdam } from "./learning/reference-adam";
import { referenceLoss, type LossFunction } from "./learning/loss";
import { cudnnStack } from "./lstm/cudnn/cudnn";
import { cudnnAdam } from "./lstm/cudnn/adam";
import { cudnnLoss } from "./lstm/cudnn/loss";
import { fusedAdam, fusedLearn, fusedLoss, fusedRead } from "./lstm/fused/fused";
import { fusedLayer } from "./lstm/fused/fused-layer";
import { nativeProblem } from "./lstm/fused/native";
import { generate } from "./lstm/fused/native-network";
import { abilities } from "./lstm/fused/operations";
import { referenceLayer } from "./lstm/reference";
import { stackOf, type MakeStack } from "./lstm/stack";
import { runtime } from "./tensorflow";

export interface Implementation {
  readonly name: "reference" | "wasm" | "fused" | "cudnn";
  /** For people: what computes. */
  readonly description: string;
  /** Why it does not run here, as part of a sentence; "" where it does. */
  problem(): string;
  readonly stack: MakeStack;
  readonly loss: LossFunction;
  readonly adam: AdamUpdate;
  /** For people: what comes of `precision: "bf16"`, as part of a sentence. */
  bfloat16(): string;
  /** Scores of a whole network in one call, where no gradients are asked for; without it they come from `stack`. */
  readonly read?: typeof fusedRead;
  /** Losses and gradients of a whole network in one call; without it they come from `stack`, `loss` and the tape. */
  readonly learn?: typeof fusedLearn;
  /** Writes many characters in one call; without it they are read and chosen one by one. */
  readonly generate?: typeof generate;
}

export const reference: Implementation = {
  name: "reference",
  description: "plain TensorFlow.js operations",
  problem: () => "",
  bfloat16: () => "numbers are rounded to bfloat16, which makes it slower",
  stack: stackOf(referenceLayer),
  loss: referenceLoss,
  adam: referenceAdam,
};

export const fused: Implementation = {
  name: "fused",
  description: "operations of our own in C++, one for a whole step",
  problem: nativeProblem,
  bfloat16: () =>
    abilities().bfloat16
      ? "multiplied in bfloat16 by the processor"
      : "rounded to bfloat16 and multiplied in single precision, because this processor has no instructions for it",
  stack: stackOf(fusedLayer),
  loss: fusedLoss,
  adam: fusedAdam,
  read: fusedRead,
  learn: fusedLearn,
  generate,
};

/** The same operations; where their tensors lie, `lstm/wasm/backend.ts` says. */
export const wasm: Implementation = {
  ...fused,
  name: "wasm",
  description: `operations of our own in C++, as WebAssembly${runtime.relaxedSimd ? " with relaxed SIMD" : ""}, at a quarter to half of the speed of native ones`,
  problem: () =>
    runtime.kind === "module"
      ? ""
      : "it stands in for native TensorFlow; PALIMPSEST_LSTM=wasm in the environment, set before the start, leaves that out",
};

export const cudnn: Implementation = {
  name: "cudnn",
  description: "cuDNN on the GPU, all layers in one operation",
  problem: () => (runtime.gpu ? "" : "TensorFlow has found no GPU"),
  bfloat16: () => "in single precision all the same",
  stack: cudnnStack,
  loss: cudnnLoss,
  adam: cudnnAdam,
  // One character after the other is too little at once for a GPU: the processor writes 3 to 14 times as fast.
  get generate() {
    return nativeProblem() === "" ? generate : undefined;
  },
};

/** All implementations, the fastest first; the last one runs everywhere. */
export const implementations: readonly Implementation[] = [cudnn, fused, wasm, reference];

/**
 * The fastest implementation that runs here, or the one with a name, which may come from the environment.
 *
 * @throws where the one that is named does not run here
 */
export function chooseImplementation(name = process.env.PALIMPSEST_LSTM): Implementation {
  if (!name) return implementations.find(({ problem }) => problem() === "")!;
  const chosen = implementations.find((implementation) => implementation.name === name);
  if (!chosen) {
    throw new Error(`Expected one of ${implementations.map((one) => one.name).join(", ")}, got "${name}"`);
  }
  const problem = chosen.problem();
  if (problem) throw new Error(`The implementation "${name}" does not run here: ${problem}`);
  return chosen;
}
