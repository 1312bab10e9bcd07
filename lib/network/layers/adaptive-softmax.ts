/**
 * A head for large vocabularies (Grave et al. 2017, "Efficient softmax approximation for GPUs"): it scores the most
 * frequent tokens and, beside them, clusters of rarer ones; within a cluster another softmax, of a narrower projection
 * of what the head reads, tells its tokens apart. The probabilities are exact, and most positions need the first few
 * thousand scores alone. Tokens are numbered by how frequent they are: see `Vocabulary.of`.
 */
import { tf, type Tensor, type Tensor1D, type Tensor2D } from "../tensorflow";

/** A cluster of rarer tokens. */
export interface Tail {
  /** The number of its first token. */
  readonly first: number;
  readonly tokens: number;
  /** To how many numbers what the head reads is projected for it. */
  readonly width: number;
}

/**
 * The clusters behind a head that reads `headWidth` numbers, each narrower than the one before (Grave et al. 2017,
 * section 4.3).
 */
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
