/**
 * What a user may set of a network: one table, out of which come its type, its defaults and its checks. How it is trained is
 * in `lib/train/params.ts`.
 */
import { OptionError } from "../base/option-error";
import { levels } from "../text/tokens/vocabulary";
import { defaultsOf, type ParameterTable, type ValuesOf } from "../base/parameters";
import { checkEach } from "../base/parameter-checks";

/** Upper limit of `neurons`. */
export const maxNeurons = 8192;

const maxLayers = 16;

export const networkTable = {
  /** Hidden units of each layer (default: 128). */
  neurons: { default: 128, whole: [1, maxNeurons] },
  /** Stacked LSTM layers, 1 to 16 (default: 2). */
  layers: { default: 2, whole: [1, maxLayers] },
  /**
   * Whether every layer also reads the characters, and the output reads every layer (Graves 2013, section 2) (default:
   * false).
   */
  skipConnections: { default: false, choices: [true, false] },
  /**
   * Width of a learned row for each token, which the layers read in its place (default: 0). With 0 each layer reads the token
   * itself, by rows of its own, which is enough for characters; words want 50 to 200.
   */
  embedding: { default: 0, whole: [0, 8192] },
  /** Whether the output reads the embedding beside the layers (default: false). */
  skipEmbedding: { default: false, choices: [true, false] },
  /**
   * Whether the output reads all layers, and beside them an average of what they had at the last `steps` tokens, weighted by
   * a learned score: see `attend` (default: false).
   */
  attention: { default: false, choices: [true, false] },
  /**
   * Whether the network reads the last `steps` tokens both ways, all of them anew for each token that it predicts: an
   * encoder of a window, see `bothWays` (default: false). It learns of a window only what comes at its end, with
   * `batches` "windows" alone, and writes and validates `steps` times slower.
   */
  bidirectional: { default: false, choices: [true, false] },
  /**
   * What the network is told of each text beside its tokens, so that it can be asked for in writing: "title", "author", or
   * columns of a table that were read as labels (default: none).
   */
  labels: { default: [], names: true },
  /**
   * Whether the network reads and writes characters, pieces of words, or words and punctuation: see `Vocabulary`
   * (default: "characters").
   */
  level: { default: "characters", choices: levels },
  /** How many pieces of words are known at most beside the characters, the most frequent ones (default: 1000). */
  maxSubwords: { default: 1000, whole: [1, 1e5] },
  /** How many words are known at most, the most frequent ones (default: 10000). */
  maxWords: { default: 10_000, whole: [1, 1e6] },
  /**
   * How scores become probabilities: "adaptive" scores the most frequent words first, and rarer ones in clusters by
   * narrower heads (Grave et al. 2017), in a fraction of the time (default: "full"; a training that begins with 5,000
   * words or more takes "adaptive").
   */
  softmax: { default: "full", choices: ["full", "adaptive"] },
  /** How many words stand before each cluster of `softmax` "adaptive", e.g. 800 and 4000 (default: by how many there are). */
  cutoffs: { default: [], rising: [1, 1e6] },
  /** Tokens that the error travels back, the length of a training window (default: 64). */
  steps: { default: 64, whole: [1, 4096] },
  /** Share of each layer's output that is dropped in training (Zaremba et al. 2014) (default: 0). */
  dropout: { default: 0, between: [0, 0.95] },
  /**
   * The lowest layers that learning leaves as they are, where a trained network learns something new (default: 0). What
   * such a layer has for tokens that are new to it stays as in a fresh network.
   */
  frozenLayers: { default: 0, whole: [0, maxLayers] },
  /**
   * How exactly the layers multiply in a training step (default: "fp32"). With "bf16" the factors are rounded to
   * bfloat16 (8 bits of precision); sums, states, gradients and the weights that are learned stay in single precision,
   * as well as the head, and all reading and writing outside of training. It is faster where the processor multiplies
   * bfloat16 by itself and takes as long as "fp32" elsewhere, with the same numbers. On a GPU cuDNN computes in single
   * precision in both cases.
   */
  precision: { default: "fp32", choices: ["fp32", "bf16"] },
  /** Everything random follows from it: weights, windows, dropout (default: 1). */
  seed: { default: 1, whole: [0, 0xffffffff] },
} as const satisfies ParameterTable;

export interface NetworkParams extends ValuesOf<typeof networkTable> {}

export type Precision = NetworkParams["precision"];

/** The parameters that decide which weights a network has; the others are about how it reads and learns. */
export const shapeParams = [
  "neurons",
  "layers",
  "skipConnections",
  "embedding",
  "skipEmbedding",
  "attention",
  "bidirectional",
  "labels",
  "level",
  "softmax",
  "cutoffs",
] as const satisfies readonly (keyof NetworkParams)[];

/**
 * Fills in a network's defaults. What is none of its parameters, such as how it is trained, is handed on as it is.
 *
 * @throws OptionError where a value is out of its range, or two do not go together
 * @example completeNetworkParams({ neurons: 256 }) // { neurons: 256, layers: 2, … }
 */
export function completeNetworkParams(given: Partial<NetworkParams>): NetworkParams {
  const params: NetworkParams = { ...defaultsOf(networkTable), ...given };
  checkEach(networkTable, params);
  const { bidirectional, attention, steps, layers, frozenLayers } = params;
  if (frozenLayers > layers) throw new OptionError("frozenLayers", `between 0 and ${layers}`, frozenLayers);
  if (bidirectional && frozenLayers > 0)
    throw new OptionError("frozenLayers", "of 0 with `bidirectional`", frozenLayers);
  if (params.skipEmbedding && params.embedding === 0)
    throw new OptionError("embedding", "> 0 with `skipEmbedding`", 0, ": textgenrnn has 100");
  if (params.softmax === "adaptive" && params.level !== "words")
    throw new OptionError(
      "level",
      '"words" with `softmax` "adaptive"',
      `"${params.level}"`,
      ": only words are numbered by how frequent they are",
    );
  if (params.cutoffs.length > 0 && params.softmax !== "adaptive")
    throw new OptionError("softmax", '"adaptive" with `cutoffs`', `"${params.softmax}"`);
  if ((attention || bidirectional) && steps < 2)
    throw new OptionError("steps", `>= 2 with \`${attention ? "attention" : "bidirectional"}\``, steps);
  return params;
}
