/**
 * A head for large vocabularies (Grave et al. 2017, "Efficient softmax approximation for GPUs"): it scores the most frequent tokens
 * and, beside them, clusters of rarer ones; within a cluster another softmax, of a narrower projection of what the head
 * reads, tells its tokens apart. The probabilities are exact, and most positions need the first few thousand scores alone.
 * Tokens are numbered by how frequent they are: see `Vocabulary.of`.
 */
import { OptionError } from "../../base/option-error";
import type { NetworkParams } from "../params";
import { tf, type Tensor, type Tensor1D, type Tensor2D } from "../tensorflow";

/** A cluster of rarer tokens. */
export interface Tail {
  /** The number of its first token. */
  readonly first: number;
  readonly tokens: number;
  /** To how many numbers what the head reads is projected for it. */
  readonly width: number;
}

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

/** The clusters behind a head that reads `headWidth` numbers, each narrower than the one before (Grave et al. 2017, section 4.3). */
export function tailsOf(cutoffs: readonly number[], vocabulary: number, headWidth: number): Tail[] {
  return cutoffs.map((first, index) => ({
    first,
    tokens: (cutoffs[index + 1] ?? vocabulary) - first,
    width: Math.ceil(headWidth / 4 ** (index + 1)),
  }));
}

/** How many scores the head itself gives: those of the tokens before the first cluster, and of the clusters. */
export function headColumns(cutoffs: readonly number[], vocabulary: number): number {
  return cutoffs.length === 0 ? vocabulary : cutoffs[0] + cutoffs.length;
}

/** By which names the weights of a cluster are known: projection, kernel, bias. */
export function tailNames(index: number): readonly [string, string, string] {
  return [`tail_${index}/projection`, `tail_${index}/kernel`, `tail_${index}/bias`];
}

/** The weights of a cluster. */
export interface TailWeights {
  /** [headWidth, width] */
  readonly projection: Tensor2D;
  /** [width, tokens] */
  readonly kernel: Tensor2D;
  /** [tokens] */
  readonly bias: Tensor1D;
}

/**
 * The logarithm of the probability of each token: scores whose softmax is what they say. Call it inside `tf.tidy`.
 *
 * @param read what the head reads: [rows, headWidth]
 * @param scores of the head: [rows, headColumns]
 * @returns [rows, vocabulary]
 */
export function logProbabilities(read: Tensor2D, scores: Tensor2D, tails: readonly TailWeights[]): Tensor2D {
  const [rows, columns] = scores.shape;
  const frequent = columns - tails.length;
  const ofHead = scores.logSoftmax() as Tensor2D;
  const ofTails = tails.map(({ projection, kernel, bias }, index): Tensor => {
    const within = read.matMul(projection).matMul(kernel).add(bias).logSoftmax();
    return within.add(ofHead.slice([0, frequent + index], [rows, 1]));
  });
  return tf.concat([ofHead.slice([0, 0], [rows, frequent]), ...ofTails], 1) as Tensor2D;
}
