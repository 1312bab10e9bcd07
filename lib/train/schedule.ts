/** The learning rate over the iterations of a training. */
import { validationsOf } from "./validation/best";
import type { HistoryEntry } from "./events";
import type { TrainingParams } from "./params";

/**
 * The learning rate of an iteration, counted from 0: a straight climb over `warmup` iterations, then the schedule
 * (cosine: Loshchilov and Hutter 2017, section 3) down to `finalLearningRate × learningRate` at the last one. With "plateau" it
 * is multiplied by `plateauFactor` whenever validation has not fallen for `plateauPatience` times, down to the same.
 *
 * @param history of the training, for "plateau"
 * @example learningRate({ ...defaults, schedule: "linear", warmup: 0, finalLearningRate: 0, iterations: 11 }, 5) // 5e-3
 */
export function learningRate(
  params: TrainingParams,
  iteration: number,
  history: readonly HistoryEntry[] = [],
): number {
  const { learningRate: highest, warmup, iterations, finalLearningRate } = params;
  if (iteration < warmup) return (highest * (iteration + 1)) / warmup;
  if (params.schedule === "constant") return highest;
  if (params.schedule === "plateau") {
    const losses = validationsOf(history).filter((one) => one.iteration <= iteration);
    const reduced = params.plateauFactor ** plateaus(losses, params.plateauPatience);
    return highest * Math.max(finalLearningRate, reduced);
  }
  const passed = Math.min(1, (iteration - warmup) / Math.max(1, iterations - 1 - warmup));
  const left = params.schedule === "linear" ? 1 - passed : (1 + Math.cos(Math.PI * passed)) / 2;
  return highest * (finalLearningRate + (1 - finalLearningRate) * left);
}

/** How often a loss has not fallen for `patience` times in a row, each time counted anew. */
function plateaus(losses: readonly { readonly crossEntropy: number }[], patience: number): number {
  let [lowest, waited, count] = [Infinity, 0, 0];
  for (const { crossEntropy } of losses) {
    if (crossEntropy < lowest) [lowest, waited] = [crossEntropy, 0];
    else if (++waited === patience) [count, waited] = [count + 1, 0];
  }
  return count;
}
