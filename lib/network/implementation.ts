/**
 * The seam behind which the network is computed: everything that a fast implementation may replace, the plain one, and
 * the choice among those that this machine can run.
 */
import { referenceAdam, type AdamUpdate } from "./adam";
import { referenceLoss, type LossFunction } from "./loss";
import { referenceLayer } from "./lstm/reference";
import { stackOf, type Stack } from "./lstm/stack";

export interface Implementation {
  readonly name: "reference" | "fused" | "cudnn";
  /** A sentence for people: what computes, and where. */
  readonly description: string;
  readonly stack: Stack;
  readonly loss: LossFunction;
  readonly adam: AdamUpdate;
}

export const reference: Implementation = {
  name: "reference",
  description: "plain TensorFlow.js operations",
  stack: stackOf(referenceLayer),
  loss: referenceLoss,
  adam: referenceAdam,
};

/** The implementations that this machine can run, the fastest first; the last one, the reference, always runs. */
export function implementations(): Implementation[] {
  return [reference];
}

/** The fastest implementation that runs here, or the one that is named. */
export function chooseImplementation(name?: string): Implementation {
  const available = implementations();
  if (!name) return available[0];
  const chosen = available.find((implementation) => implementation.name === name);
  if (!chosen) {
    const names = available.map((implementation) => implementation.name).join(", ");
    throw new Error(`Expected an implementation of the LSTM that runs here (${names}), got "${name}"`);
  }
  return chosen;
}
