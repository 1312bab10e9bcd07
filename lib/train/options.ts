/** The options of the training loop, with their defaults and checks. What is learned, and how fast, is in `params.ts`. */
import { checkWhole, OptionError } from "../base/option-error";
import { checkNames } from "../base/known-names";

export interface TrainOptions {
  /** Ends after so many seconds of this call (default: no limit). `params.iterations` still is the end of the schedule. */
  readonly seconds?: number;
  /** Iterations from one step event to the next (default: 10). */
  readonly logEvery?: number;
  /** Iterations from one validation to the next (default: 100; 0 never). Needs a library that holds out more than a window. */
  readonly validateEvery?: number;
  /**
   * Ends after so many validations without a lower loss, as Keras' `EarlyStopping` does (default: 0, never). The short ways,
   * `Poet`, `watch` of a training, and the command `palimpsest train`, take 5.
   */
  readonly patience?: number;
  /**
   * Whether the network has at the end the weights that measured best in validation, as Keras' `restore_best_weights`
   * (default: false). A training that goes on does so from the newest ones. True in the short ways.
   */
  readonly restoreBest?: boolean;
  /** Iterations from one sample to the next (default: 250; 0 never). */
  readonly sampleEvery?: number;
  /** Seconds from one sample to the next, instead of iterations. */
  readonly sampleSeconds?: number;
  /** A sample is written at each of these temperatures (default: 0.5, 0.7, 0.9). */
  readonly temperatures?: readonly number[];
  /** Characters of a sample (default: 400). */
  readonly sampleLength?: number;
  /** What the samples go on from; "": see `Writing.prompt`. */
  readonly prompt?: string;
  /**
   * Folder of the run's checkpoints; without one none is written. What another training left there is set aside as
   * `<folder>.before-1` and so on.
   */
  readonly checkpoints?: string;
  /** Iterations from one checkpoint to the next (default: 500). One more is written at the end, and at an interrupt. */
  readonly checkpointEvery?: number;
  /** Recent checkpoints to keep, besides the best (default: 3). */
  readonly keep?: number;
  /** Another way to stop, beside the kernel's interrupt and Ctrl-C. */
  readonly signal?: AbortSignal;
}

export type CompleteOptions = typeof defaultOptions & TrainOptions;

const defaultOptions = {
  seconds: Infinity,
  logEvery: 10,
  validateEvery: 100,
  patience: 0,
  restoreBest: false,
  sampleEvery: 250,
  temperatures: [0.5, 0.7, 0.9] as readonly number[],
  sampleLength: 400,
  prompt: "",
  checkpointEvery: 500,
  keep: 3,
};

/**
 * All options, with their defaults.
 *
 * @throws where one is unknown, as a misspelt one, or out of range
 */
export function completeOptions(given: TrainOptions): CompleteOptions {
  const known = [...Object.keys(defaultOptions), "sampleSeconds", "checkpoints", "signal"];
  checkNames(known, Object.keys(given), { of: " of a training" });
  const options = { ...defaultOptions, ...given };
  const { logEvery, validateEvery, sampleEvery, checkpointEvery, sampleLength } = options;
  checkWhole({ logEvery, validateEvery, sampleEvery, checkpointEvery, sampleLength });
  if (options.patience !== Infinity) checkWhole({ patience: options.patience });
  if (!(options.seconds > 0)) throw new OptionError("seconds", "> 0", options.seconds);
  if (!(options.keep >= 1)) throw new OptionError("keep", ">= 1", options.keep);
  const { temperatures, sampleSeconds } = options;
  if (!Array.isArray(temperatures) || !temperatures.every((one) => one >= 0))
    throw new OptionError("temperatures", "to be a list of numbers >= 0", String(temperatures));
  if (sampleSeconds !== undefined && !(sampleSeconds > 0))
    throw new OptionError("sampleSeconds", "> 0", sampleSeconds);
  return options;
}
