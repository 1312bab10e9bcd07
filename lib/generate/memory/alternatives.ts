/** What a network would rather have written where the tokens of a text stand. */
import type { Model } from "../../network/model";
import type { Predictions } from "./predictions";

/** What a network held likeliest where a token of a text stands. */
export interface Alternatives {
  /** From where to where the token stands in the text, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  /** The likeliest first; the token that stands there is one of them, or is not. */
  readonly likeliest: readonly { readonly token: string; readonly probability: number }[];
}

export function alternativesOf(
  { vocabulary }: Model,
  { likeliest }: Predictions,
  starts: Int32Array,
  { first, from }: { readonly first: number; readonly from: number },
): Alternatives[] {
  if (!likeliest || first < 0) return [];
  const { count, ids, logProbability } = likeliest;
  return Array.from({ length: starts.length - 1 - first }, (_, index) => {
    const token = first + index;
    return {
      start: Math.max(0, starts[token] - from),
      end: starts[token + 1] - from,
      likeliest: Array.from(ids.subarray(token * count, (token + 1) * count), (id, rank) => {
        return { token: vocabulary.tokens[id], probability: Math.exp(logProbability[token * count + rank]) };
      }),
    };
  });
}
