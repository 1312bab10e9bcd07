/** Stands for `lib/network/implementation.ts` in a page: the plain operations run on every engine of a browser. */
import { referenceAdam } from "../../lib/network/learning/adam";
import type { Implementation } from "../../lib/network/implementation";
import { referenceLoss } from "../../lib/network/learning/loss";
import { referenceLayer } from "../../lib/network/lstm/reference";
import { stackOf } from "../../lib/network/lstm/stack";

export const reference: Implementation = {
  name: "reference",
  description: "plain TensorFlow.js operations",
  problem: () => "",
  bfloat16: () => "in single precision all the same",
  stack: stackOf(referenceLayer),
  loss: referenceLoss,
  adam: referenceAdam,
};

export function chooseImplementation(): Implementation {
  return reference;
}
