/** What a user may set of a network and its training: one type, its defaults, and the one place that checks it. */

import { OptionError } from "../base/option-error";

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
   * Whether the network reads the last `steps` tokens both ways, all of them anew for each token that it predicts: an encoder of
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

/** Upper limit of `neurons`. */
export const maxNeurons = 8192;

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
  for (const name of Object.keys(kinds) as (keyof Params)[]) checkParameter(name, params[name]);
  const { bidirectional, attention, steps, layers, frozenLayers } = params;
  if (frozenLayers > layers) throw new OptionError("frozenLayers", `between 0 and ${layers}`, frozenLayers);
  if (params.stride > 1 && params.batches === "threads")
    throw new OptionError("stride", 'of 1 with `batches` "threads"', params.stride);
  if (bidirectional && params.batches === "threads")
    throw new OptionError(
      "batches",
      '"windows" with `bidirectional`',
      '"threads"',
      ": it reads a window at a time",
    );
  if (bidirectional && frozenLayers > 0)
    throw new OptionError("frozenLayers", "of 0 with `bidirectional`", frozenLayers);
  if (params.skipEmbedding && params.embedding === 0)
    throw new OptionError("embedding", "> 0 with `skipEmbedding`", 0, ": textgenrnn has 100");
  if ((attention || bidirectional) && steps < 2)
    throw new OptionError("steps", `>= 2 with \`${attention ? "attention" : "bidirectional"}\``, steps);
  return params;
}

/** What values a parameter can have. */
type Kind =
  | { readonly least: number; readonly most: number; readonly whole: boolean }
  | { readonly choices: readonly (string | boolean)[] }
  | { readonly names: true };

const whole = (least: number, most: number): Kind => ({ least, most, whole: true });
const between = (least: number, most: number): Kind => ({ least, most, whole: false });
const oneOf = (...choices: readonly (string | boolean)[]): Kind => ({ choices });

const maxLayers = 16;

/** What each parameter can be by itself; what they ask of each other is in `completeParams`. */
const kinds: Readonly<Record<keyof Params, Kind>> = {
  level: oneOf("characters", "words"),
  maxWords: whole(1, 1e6),
  neurons: whole(1, maxNeurons),
  layers: whole(1, maxLayers),
  steps: whole(1, 4096),
  batchSize: whole(1, 8192),
  stride: whole(1, 4096),
  iterations: whole(1, 1e9),
  warmup: whole(0, 1e9),
  seed: whole(0, 0xffffffff),
  learningRate: between(0, 10),
  finalLearningRate: between(0, 1),
  dropout: between(0, 0.95),
  frozenLayers: whole(0, maxLayers),
  clipNorm: between(0, 1e6),
  batches: oneOf("windows", "threads"),
  optimizer: oneOf("adam", "sgd", "rmsprop", "adagrad", "adadelta"),
  schedule: oneOf("constant", "linear", "cosine"),
  embedding: whole(0, 8192),
  skipConnections: oneOf(true, false),
  skipEmbedding: oneOf(true, false),
  attention: oneOf(true, false),
  bidirectional: oneOf(true, false),
  precision: oneOf("fp32", "bf16"),
  labels: { names: true },
};

/** Whether a parameter is a whole number. */
export function takesWholeNumbers(name: keyof Params): boolean {
  const kind = kinds[name];
  return "whole" in kind && kind.whole;
}

/**
 * Checks a parameter's value by itself.
 *
 * @throws OptionError where it cannot be
 */
function checkParameter(name: keyof Params, value: unknown): void {
  const kind = kinds[name];
  if ("names" in kind) {
    const apart = Array.isArray(value) && new Set(value).size === value.length;
    if (!apart || !value.every((one) => typeof one === "string" && one !== ""))
      throw new OptionError(name, "to be a list of different names", JSON.stringify(value));
    return;
  }
  if ("choices" in kind) {
    if (!(kind.choices as readonly unknown[]).includes(value))
      throw new OptionError(name, `to be one of ${kind.choices.join(", ")}`, value);
    return;
  }
  if (kind.whole && !Number.isInteger(value)) throw new OptionError(name, "to be a whole number", value);
  if (typeof value !== "number" || !(value >= kind.least && value <= kind.most))
    throw new OptionError(name, `between ${kind.least} and ${kind.most}`, value);
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
