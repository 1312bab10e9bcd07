/** The learning rate over the iterations of a training. */
import type { TrainingParams } from "./params";

/**
 * The learning rate of an iteration, counted from 0: a straight climb over `warmup` iterations, then the schedule
 * (cosine: Loshchilov and Hutter 2017, section 3) down to `finalLearningRate × learningRate` at the last one.
 *
 * @example learningRate({ ...defaults, schedule: "linear", warmup: 0, finalLearningRate: 0, iterations: 11 }, 5) // 5e-3
 */
export function learningRate(params: TrainingParams, iteration: number): number {
  const { learningRate: highest, warmup, iterations, finalLearningRate } = params;
  if (iteration < warmup) return (highest * (iteration + 1)) / warmup;
  if (params.schedule === "constant") return highest;
  const passed = Math.min(1, (iteration - warmup) / Math.max(1, iterations - 1 - warmup));
  const left = params.schedule === "linear" ? 1 - passed : (1 + Math.cos(Math.PI * passed)) / 2;
  return highest * (finalLearningRate + (1 - finalLearningRate) * left);
}
