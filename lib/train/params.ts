/**
 * What a user may set of a training, as the network's own in one table, and both joined: one object for the user, `Params`,
 * checked in one place.
 */
import { OptionError } from "../base/option-error";
import { defaultsOf, type ParameterTable, type ValuesOf } from "../base/parameters";
import { checkNames } from "../base/known-names";
import { checkEach } from "../base/parameter-checks";
import { completeNetworkParams, networkTable, type NetworkParams } from "../network/params";

export const trainingTable = {
  /** Windows read side by side (default: 64). */
  batchSize: { default: 64, whole: [1, 8192] },
  /**
   * "windows" are drawn at random and start from a hidden state of zero; "threads" read the texts in order and carry
   * the hidden state over (truncated back-propagation through time) (default: "windows").
   */
  batches: { default: "windows", choices: ["windows", "threads"] },
  /** "windows" begin at every so many tokens of a text, as if there were no others (default: 1). */
  stride: { default: 1, whole: [1, 4096] },
  /** Training steps after which a training is finished (default: 2000). */
  iterations: { default: 2000, whole: [1, 1e9] },
  /**
   * What changes the weights by their gradients (default: "adam"). The others are there to repeat what was done with
   * them, and are computed in plain operations.
   */
  optimizer: { default: "adam", choices: ["adam", "sgd", "rmsprop", "adagrad", "adadelta"] },
  /** Step size of Adam at its highest (default: 0.01, for a training of minutes). For hours 0.001 is usual. */
  learningRate: { default: 1e-2, between: [0, 10] },
  /**
   * How the learning rate falls from there to `finalLearningRate` (default: "cosine"). With "plateau" whenever
   * validation no longer falls, as by Keras' `ReduceLROnPlateau`.
   */
  schedule: { default: "cosine", choices: ["constant", "linear", "cosine", "plateau"] },
  /** By what `schedule` "plateau" multiplies the learning rate (default: 0.5). */
  plateauFactor: { default: 0.5, between: [0, 1] },
  /** Validations without a lower loss after which it does (default: 3). */
  plateauPatience: { default: 3, whole: [1, 1e6] },
  /** Share of `learningRate` that is left at the end of the schedule (default: 0.05). */
  finalLearningRate: { default: 0.05, between: [0, 1] },
  /** Iterations over which the learning rate climbs from zero (default: 20). */
  warmup: { default: 20, whole: [0, 1e9] },
  /** Gradients whose global norm is larger are scaled down to it; 0 leaves them alone (default: 0.2). */
  clipNorm: { default: 0.2, between: [0, 1e6] },
  /**
   * Share of itself that each weight loses in a step, times the learning rate (AdamW: Loshchilov and Hutter 2019) (default: 0).
   * Where a text is read many times over, 0.1 keeps a network from learning it by heart: see docs/speedrun.md.
   */
  weightDecay: { default: 0, between: [0, 10] },
  /**
   * Share of the iterations, the last ones, over whose weights the network's are averaged at the end (stochastic weight
   * averaging: Izmailov et al. 2018) (default: 0). Until then it has the weights of the moment: see docs/speedrun.md.
   */
  averageLast: { default: 0, between: [0, 1] },
} as const satisfies ParameterTable;

export interface TrainingParams extends ValuesOf<typeof trainingTable> {}

/** All that may be set of a network and its training. */
export interface Params extends NetworkParams, TrainingParams {}

/** All parameters, the network's first. */
export const paramsTable = { ...networkTable, ...trainingTable };

export const defaults: Readonly<Params> = defaultsOf(paramsTable);

/**
 * Fills in the defaults.
 *
 * @throws where a name is unknown, a value is out of its range, or two do not go together
 * @example completeParams({ neurons: 256 }) // { neurons: 256, layers: 2, … }
 */
export function completeParams(given: Partial<Params>): Params {
  checkNames(Object.keys(paramsTable), Object.keys(given), { kind: "parameter" });
  const params: Params = { ...defaults, ...given };
  checkEach(paramsTable, params);
  if (params.stride > 1 && params.batches === "threads")
    throw new OptionError("stride", 'of 1 with `batches` "threads"', params.stride);
  if (params.bidirectional && params.batches === "threads")
    throw new OptionError(
      "batches",
      '"windows" with `bidirectional`',
      '"threads"',
      ": it reads a window at a time",
    );
  const { learningRate, weightDecay } = params;
  if (learningRate * weightDecay > 1)
    throw new OptionError(
      "weightDecay",
      `of at most 1 / \`learningRate\` = ${1 / learningRate}`,
      weightDecay,
    );
  completeNetworkParams(params);
  return params;
}
