/**
 * From how many words on a head has clusters of rare ones, and where each of them begins; what they are is in
 * `adaptive-softmax.ts`.
 */
import { OptionError } from "../../base/option-error";
import type { NetworkParams } from "../params";

/** Tokens from which on clusters are worth it: below, the head is a small part of a step. */
export const fewestTokens = 2000;

/** How much of the vocabulary stands before each cluster; tried out on four novels: see `docs/log.md`, "Words". */
const shares = [0.08, 0.4];

/** Words from which on a training takes it by itself. */
const manyTokens = 5000;

/** The softmax of a network that begins with nothing, where nobody has said which. */
export function usualSoftmax(level: NetworkParams["level"], vocabulary: number): NetworkParams["softmax"] {
  return level === "words" && vocabulary >= manyTokens ? "adaptive" : "full";
}

/**
 * Where the clusters begin, as params ask for it, or by the size of the vocabulary.
 *
 * @param vocabulary how many tokens there are
 * @returns the number of the first token of each; none with `softmax` "full"
 * @throws OptionError where there are too few tokens
 * @example cutoffsOf({ softmax: "adaptive", cutoffs: [] }, 10_000) // [800, 4000]
 */
export function cutoffsOf(
  { softmax, cutoffs }: Pick<NetworkParams, "softmax" | "cutoffs">,
  vocabulary: number,
): readonly number[] {
  if (softmax === "full") return [];
  const last = cutoffs[cutoffs.length - 1];
  if (last >= vocabulary)
    throw new OptionError(
      "cutoffs",
      `below ${vocabulary}, which is how many words there are`,
      cutoffs.join(", "),
    );
  if (cutoffs.length > 0) return cutoffs;
  if (vocabulary < fewestTokens)
    throw new OptionError(
      "softmax",
      `of "full" with fewer than ${fewestTokens} words`,
      `"adaptive" with ${vocabulary}`,
      ": leave it out, or say by `cutoffs` where clusters begin",
    );
  return shares.map((share) => Math.round(share * vocabulary));
}
