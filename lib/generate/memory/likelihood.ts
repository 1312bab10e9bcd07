/** How probable a text is to a network, character by character; what comes of two networks is compared in `lib/trace/`. */
import type { OnProgress } from "../../base/progress";
import type { Model } from "../../network/model";
import type { GivenLabels } from "../../text/labels";
import { placedTokens } from "./placed-tokens";
import { nothingRead, predict } from "./predictions";

export interface LikelihoodOptions {
  /** What the network has read before the text (default: nothing, but for a line break or a mark). */
  readonly prompt?: string;
  /** What the text is, of a network with labels (default: nothing). */
  readonly labels?: GivenLabels;
  readonly onProgress?: OnProgress;
}

/** Of each UTF-16 unit of a text. */
export interface Likelihood {
  /** The logarithm of its probability, in nats; that of a token of several units is shared by these. NaN where the network does not know it. */
  readonly logProbability: Float32Array;
  /** The mean over the units that are known, in nats a character, with the sign of a loss; NaN where none is. */
  readonly crossEntropy: number;
}

/**
 * Reads a text once, from its beginning to its end, the state carried along.
 *
 * @example (await likelihood(model, "It is a truth universally acknowledged")).crossEntropy // 1.31
 */
export async function likelihood(
  model: Model,
  text: string,
  { prompt = "", labels, onProgress }: LikelihoodOptions = {},
): Promise<Likelihood> {
  const { ids, starts } = placedTokens(model.vocabulary, prompt + text);
  const first = starts.subarray(1).findIndex((end) => end > prompt.length);
  const into = nothingRead(ids.length);
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
  return perUnit(into.logProbability, starts, prompt.length);
}

/** @param from the unit with which the text begins */
function perUnit(ofTokens: Float32Array, starts: Int32Array, from: number): Likelihood {
  const logProbability = new Float32Array(starts[starts.length - 1] - from);
  let [sum, known] = [0, 0];
  ofTokens.forEach((nats, token) => {
    const each = nats / (starts[token + 1] - starts[token]);
    for (let unit = Math.max(from, starts[token]); unit < starts[token + 1]; unit++) {
      logProbability[unit - from] = each;
      if (Number.isNaN(each)) continue;
      sum += each;
      known++;
    }
  });
  return { logProbability, crossEntropy: -sum / known };
}
