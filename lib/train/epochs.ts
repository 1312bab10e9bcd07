/** The end of a training in epochs instead of iterations. */
import { OptionError } from "../base/option-error";
import type { Training } from "./training";

export interface EpochOptions {
  /** Windows that count as an epoch; as many as read every token of the training texts once, on average. */
  readonly examplesPerEpoch?: number;
}

/**
 * How many iterations some epochs take, at least one.
 *
 * @example iterationsOf(training, 0.5) // 412
 * @example iterationsOf(training, 150, { examplesPerEpoch: 10_000 }) // 11,719 with a batch of 128
 */
export function iterationsOf(
  { params, batches }: Pick<Training, "params" | "batches">,
  epochs: number,
  { examplesPerEpoch }: EpochOptions = {},
): number {
  if (!(epochs > 0 && epochs < Infinity)) throw new OptionError("epochs", "> 0", epochs);
  if (examplesPerEpoch !== undefined && !(examplesPerEpoch >= 1 && examplesPerEpoch < Infinity))
    throw new OptionError("examplesPerEpoch", ">= 1", examplesPerEpoch);
  const perEpoch = examplesPerEpoch === undefined ? batches.perEpoch : examplesPerEpoch / params.batchSize;
  return Math.max(1, Math.round(epochs * perEpoch));
}

/**
 * Makes a training end after so many epochs, and its learning rate fall until then.
 *
 * @throws where a number is not above 0
 * @example endAfter(training, 10);
 */
export function endAfter(training: Training, epochs: number, options: EpochOptions = {}): void {
  training.params.iterations = iterationsOf(training, epochs, options);
}
