/** What a user may set of a network and its training: one type, its defaults, and the one place that checks it. */

export type OptimizerName = "adam" | "sgd" | "rmsprop" | "adagrad" | "adadelta";

export type Precision = "fp32" | "bf16";

export interface Params {
  /** Hidden units of each layer (default: 128). */
  neurons: number;
  /** Stacked LSTM layers, 1 to 16 (default: 2). */
  layers: number;
  /** Whether every layer also reads the characters, and the output reads every layer (Graves 2013, section 2) (default: false). */
  skipConnections: boolean;
  /**
   * Width of a learned row for each token, which the layers read in its place (default: 0). With 0 each layer reads the token
   * itself, by rows of its own, which is enough for characters; words want 50 to 200.
   */
  embedding: number;
  /** Whether the output reads the embedding beside the layers (default: false). */
  skipEmbedding: boolean;
  /**
   * Whether the output reads all layers, and beside them an average of what they had at the last `steps` tokens, weighted by
   * a learned score: see `attend` (default: false).
   */
  attention: boolean;
  /**
   * Whether the network reads the last `steps` tokens both ways, all of them anew for each token that it foresees: an encoder of
   * a window, see `bothWays` (default: false). It learns of a window only what comes at its end, with `batches` "windows" alone, and writes
   * and validates `steps` times slower.
   */
  bidirectional: boolean;
  /**
   * What the network is told of each text beside its tokens, so that it can be asked for in writing: "title", "author", or
   * columns of a table that were read as labels (default: none).
   */
  labels: readonly string[];
  /** Whether the network reads and writes characters, or words and punctuation: see `Vocabulary` (default: "characters"). */
  level: "characters" | "words";
  /** How many words are known at most, the most frequent ones (default: 10000). */
  maxWords: number;
  /** Tokens that the error travels back, the length of a training window (default: 64). */
  steps: number;
  /** Windows read side by side (default: 64). */
  batchSize: number;
  /**
   * "windows" are drawn at random and start from a hidden state of zero; "threads" read the texts in order and carry
   * the hidden state over (truncated back-propagation through time) (default: "windows").
   */
  batches: "windows" | "threads";
  /** "windows" begin at every so many tokens of a text, as if there were no others (default: 1). */
  stride: number;
  /** Training steps after which a training is finished (default: 2000). */
  iterations: number;
  /**
   * What changes the weights by their gradients (default: "adam"). The others are there to repeat what was done with them, and are
   * computed in plain operations.
   */
  optimizer: OptimizerName;
  /** Step size of Adam at its highest (default: 0.01, for a training of minutes). For hours 0.001 is usual. */
  learningRate: number;
  /** How the learning rate falls from there to `finalLearningRate` (default: "cosine"). */
  schedule: "constant" | "linear" | "cosine";
  /** Share of `learningRate` that is left at the end of the schedule (default: 0.05). */
  finalLearningRate: number;
  /** Iterations over which the learning rate climbs from zero (default: 20). */
  warmup: number;
  /** Share of each layer's output that is dropped in training (Zaremba et al. 2014) (default: 0). */
  dropout: number;
  /**
   * The lowest layers that learning leaves as they are, where a trained network learns something new (default: 0). What such a layer has
   * for tokens that are new to it stays as in a fresh network.
   */
  frozenLayers: number;
  /** Gradients whose global norm is larger are scaled down to it; 0 leaves them alone (default: 0.2). */
  clipNorm: number;
  /**
   * How exactly the layers multiply in a training step (default: "fp32"). With "bf16" the factors are rounded to bfloat16 (8 bits of
   * precision); sums, states, gradients and the weights that are learned stay in single precision, as well as the head, and
   * all reading and writing outside of training. It is faster where the processor multiplies bfloat16 by itself and takes as
   * long as "fp32" elsewhere, with the same numbers. On a GPU cuDNN computes in single precision in both cases.
   */
  precision: Precision;
  /** Everything random follows from it: weights, windows, dropout (default: 1). */
  seed: number;
}

export const defaults: Readonly<Params> = {
  neurons: 128,
  layers: 2,
  skipConnections: false,
  embedding: 0,
  skipEmbedding: false,
  attention: false,
  bidirectional: false,
  labels: [],
  level: "characters",
  maxWords: 10_000,
  steps: 64,
  batchSize: 64,
  batches: "windows",
  stride: 1,
  iterations: 2000,
  optimizer: "adam",
  learningRate: 1e-2,
  schedule: "cosine",
  finalLearningRate: 0.05,
  warmup: 20,
  dropout: 0,
  frozenLayers: 0,
  clipNorm: 0.2,
  precision: "fp32",
  seed: 1,
};

/** That a layer may have. */
export const mostNeurons = 8192;

/** The parameters that decide which weights a network has; the others are about training it. */
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
] as const satisfies readonly (keyof Params)[];

/**
 * Fills in the defaults.
 *
 * @throws where a name is unknown or a value is out of its range
 * @example completeParams({ neurons: 256 }) // { neurons: 256, layers: 2, … }
 */
export function completeParams(given: Partial<Params>): Params {
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(defaults, name)) {
      throw new Error(`Unknown parameter \`${name}\`; there are ${Object.keys(defaults).join(", ")}`);
    }
  }
  const params: Params = { ...defaults, ...given };
  oneOf(params, "level", ["characters", "words"]);
  wholeNumber(params, "maxWords", 1, 1e6);
  wholeNumber(params, "neurons", 1, mostNeurons);
  wholeNumber(params, "layers", 1, 16);
  wholeNumber(params, "steps", 1, 4096);
  wholeNumber(params, "batchSize", 1, 8192);
  wholeNumber(params, "stride", 1, 4096);
  wholeNumber(params, "iterations", 1, 1e9);
  wholeNumber(params, "warmup", 0, 1e9);
  wholeNumber(params, "seed", 0, 0xffffffff);
  within(params, "learningRate", 0, 10);
  within(params, "finalLearningRate", 0, 1);
  within(params, "dropout", 0, 0.95);
  wholeNumber(params, "frozenLayers", 0, params.layers);
  within(params, "clipNorm", 0, 1e6);
  oneOf(params, "batches", ["windows", "threads"]);
  if (params.stride > 1 && params.batches === "threads")
    throw new Error(`Expected \`stride\` of 1 with \`batches\` "threads", got ${params.stride}`);
  oneOf(params, "optimizer", ["adam", "sgd", "rmsprop", "adagrad", "adadelta"]);
  oneOf(params, "schedule", ["constant", "linear", "cosine"]);
  wholeNumber(params, "embedding", 0, 8192);
  oneOf(params, "skipConnections", [true, false]);
  oneOf(params, "skipEmbedding", [true, false]);
  oneOf(params, "attention", [true, false]);
  oneOf(params, "bidirectional", [true, false]);
  if (params.bidirectional && params.batches === "threads")
    throw new Error(
      'Expected `batches` "windows" with `bidirectional`, got "threads": it reads a window at a time',
    );
  if (params.bidirectional && params.frozenLayers > 0)
    throw new Error(`Expected \`frozenLayers\` of 0 with \`bidirectional\`, got ${params.frozenLayers}`);
  if (params.skipEmbedding && params.embedding === 0)
    throw new Error("Expected `embedding` > 0 with `skipEmbedding`, got 0: textgenrnn has 100");
  if ((params.attention || params.bidirectional) && params.steps < 2)
    throw new Error(
      `Expected \`steps\` >= 2 with \`${params.attention ? "attention" : "bidirectional"}\`, got ${params.steps}`,
    );
  oneOf(params, "precision", ["fp32", "bf16"]);
  names(params, "labels");
  return params;
}

/**
 * A line for each parameter of `names` in which two sets differ.
 *
 * @example differences({ ...a, neurons: 64 }, a, ["neurons"]) // ["`neurons` is 64 here and 128 there"]
 */
export function differences(here: Params, there: Params, names: readonly (keyof Params)[]): string[] {
  const told = (value: Params[keyof Params]) => (Array.isArray(value) ? value.join(", ") || "none" : value);
  return names
    .filter((name) => told(here[name]) !== told(there[name]))
    .map((name) => `\`${name}\` is ${told(here[name])} here and ${told(there[name])} there`);
}

function wholeNumber(params: Params, name: keyof Params, least: number, most: number): void {
  if (!Number.isInteger(params[name])) {
    throw new Error(`Expected \`${name}\` to be a whole number, got ${params[name]}`);
  }
  within(params, name, least, most);
}

function within(params: Params, name: keyof Params, least: number, most: number): void {
  const value = params[name];
  if (typeof value !== "number" || !(value >= least && value <= most)) {
    throw new Error(`Expected \`${name}\` between ${least} and ${most}, got ${value}`);
  }
}

function oneOf(params: Params, name: keyof Params, choices: readonly unknown[]): void {
  if (!choices.includes(params[name])) {
    throw new Error(`Expected \`${name}\` to be one of ${choices.join(", ")}, got ${params[name]}`);
  }
}

function names(params: Params, name: "labels"): void {
  const list: unknown = params[name];
  const apart = Array.isArray(list) && new Set(list).size === list.length;
  if (!apart || !list.every((one) => typeof one === "string" && one !== ""))
    throw new Error(`Expected \`${name}\` to be a list of different names, got ${JSON.stringify(list)}`);
}
