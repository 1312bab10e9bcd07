/** How probable a text is to a network, character by character; what comes of two networks is compared in `lib/trace/`. */
import { checkWhole } from "../../base/option-error";
import type { OnProgress } from "../../base/progress";
import type { Model } from "../../network/model";
import type { GivenLabels } from "../../text/labels";
import { type Alternatives, alternativesOf } from "./alternatives";
import { perUnit } from "./per-unit";
import { placedTokens } from "./placed-tokens";
import { nothingRead, predict } from "./predictions";

export interface LikelihoodOptions {
  /** What the network has read before the text (default: nothing, but for a line break or a mark). */
  readonly prompt?: string;
  /** What the text is, of a network with labels (default: nothing). */
  readonly labels?: GivenLabels;
  /** How many of the likeliest tokens are told at each place: what it would rather have written (default: none). */
  readonly alternatives?: number;
  readonly onProgress?: OnProgress;
}

/** Of each UTF-16 unit of a text. */
export interface Likelihood {
  /**
   * The logarithm of its probability, in nats; that of a token of several units is shared by these. NaN where the
   * network does not know it.
   */
  readonly logProbability: Float32Array;
  /** The mean over the units that are known, in nats a character, with the sign of a loss; NaN where none is. */
  readonly crossEntropy: number;
  /** Of each token in turn, where they were asked for. */
  readonly alternatives?: readonly Alternatives[];
}

/**
 * Reads a text once, from its beginning to its end, the state carried along.
 *
 * Of each place it tells how surprised the network was: -`logProbability`.
 *
 * @throws where `alternatives` is no whole number
 * @example (await likelihood(model, "It is a truth universally acknowledged")).crossEntropy // 1.31
 * @example (await likelihood(model, "The cat", { alternatives: 2 })).alternatives
 *   // [{ start: 0, end: 1, likeliest: [{ token: "T", probability: 0.4 }, { token: "I", probability: 0.1 }] }, …
 */
export async function likelihood(
  model: Model,
  text: string,
  { prompt = "", labels, alternatives = 0, onProgress }: LikelihoodOptions = {},
): Promise<Likelihood> {
  checkWhole({ alternatives });
  const { ids, starts } = placedTokens(model.vocabulary, prompt + text);
  const first = starts.subarray(1).findIndex((end) => end > prompt.length);
  const into = nothingRead(ids.length, Math.min(alternatives, model.vocabulary.size - 1));
  let done = 0;
  if (first >= 0)
    await predict(model, ids, [{ begin: first > 0 ? 0 : -1, from: first, to: ids.length }], {
      into,
      labels,
      onRead: (count) => {
        done += count;
        onProgress?.({ label: "Reading", done, total: ids.length - first, unit: model.vocabulary.level });
      },
    });
  const told = perUnit(into.logProbability, starts, prompt.length);
  if (!alternatives) return told;
  return { ...told, alternatives: alternativesOf(model, into, starts, { first, from: prompt.length }) };
}
