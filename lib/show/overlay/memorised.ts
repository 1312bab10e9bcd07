/**
 * How deep the ground of a passage is: by its length, or, where a counterfactual is known, by how much harder it is
 * without its book.
 */
import type { Counterfactual } from "../../trace/counterfactual";
import type { Passage } from "../../trace/trace";
import { nats } from "../style/numbers";
import { strengths } from "../style/palette";

/**
 * Nats a character that a passage has to be harder without its book for each of the strengths; below the first it is
 * merely likely.
 */
export const depths: readonly number[] = [0.1, 0.3, 0.6, 1];

/** What two networks make of a passage, where that is known. */
export function counterfactualOf(passage: Passage): Counterfactual | undefined {
  return (passage as { readonly counterfactual?: Counterfactual }).counterfactual;
}

/** The length of a copy whose ground is as deep; -1 where a passage is merely likely and has none. */
export function depthOf(passage: Passage): number {
  const difference = counterfactualOf(passage)?.difference;
  if (difference === undefined) return passage.length;
  const reached = depths.filter((least) => difference >= least).length;
  return reached === 0 ? -1 : strengths[reached - 1].from;
}

/** @example memorisedInWords(counterfactual) // "0.210 nats a character, 1.430 without [4]: memorised" */
export function memorisedInWords({
  text,
  crossEntropy,
  crossEntropyWithout,
  difference,
}: Counterfactual): string {
  const what = difference < depths[0] ? "merely likely" : "memorised";
  return `${nats(crossEntropy)} nats a character, ${nats(crossEntropyWithout)} without [${text + 1}]: ${what}`;
}
