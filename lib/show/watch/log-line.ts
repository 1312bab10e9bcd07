/** The events of a training in a line each. */
import type { CheckpointEvent, EndEvent, SampleEvent, StepEvent, ValidationEvent } from "../../train/events";
import { count, duration, nats, share } from "../style/numbers";
import { validationLoss } from "./per-character";

/**
 * @example logLine(event)
 * // "epoch 1.32 · iteration 400 of 2,000 · cross-entropy 1.832 · accuracy 45.6% · 12,340 tokens/s · 2 min 31 s left"
 */
export function logLine(step: StepEvent): string {
  const { epoch, iteration, iterations, crossEntropy, accuracy, tokensPerSecond, secondsLeft } = step;
  return [
    `epoch ${epoch.toFixed(2)}`,
    `iteration ${count(iteration)} of ${count(iterations)}`,
    `cross-entropy ${nats(crossEntropy)}`,
    `accuracy ${share(accuracy)}`,
    `${count(tokensPerSecond)} tokens/s`,
    `${duration(secondsLeft)} left`,
  ].join(" · ");
}

/** @example validationLine(event) // "validation at iteration 400: cross-entropy 1.901, accuracy 43.2%" */
export function validationLine(event: ValidationEvent): string {
  const loss = `cross-entropy ${validationLoss(event)}, accuracy ${share(event.accuracy)}`;
  return `validation at iteration ${count(event.iteration)}: ${loss}`;
}

/** @example checkpointLine(event) // "checkpoint at iteration 400: data/runs/poet/400, the best so far" */
export function checkpointLine({ iteration, folder, best }: CheckpointEvent): string {
  return `checkpoint at iteration ${count(iteration)}: ${folder}${best ? ", the best so far" : ""}`;
}

/** @example sampleLabel(event) // "temperature 0.7, iteration 400, after “The whale ”" */
export function sampleLabel({ iteration, temperature, prompt }: Omit<SampleEvent, "text">): string {
  const after = prompt.trim() ? `, after “${prompt}”` : "";
  return `temperature ${temperature}, iteration ${count(iteration)}${after}`;
}

const endings: Record<EndEvent["reason"], string> = {
  finished: "finished",
  time: "stopped, its time being up,",
  interrupted: "interrupted",
  patience: "stopped",
};

/** @example endLine({ type: "end", iteration: 400, reason: "interrupted", seconds: 61 }) // "interrupted after 400 iterations and 1 min 1 s" */
export function endLine({ iteration, reason, seconds, best, restored }: EndEvent): string {
  const ending = `${endings[reason]} after ${count(iteration)} iterations and ${duration(seconds)}`;
  const why =
    reason === "patience" && best
      ? `, as validation has not fallen since iteration ${count(best.iteration)}`
      : "";
  const now =
    restored && best
      ? `; the network is that of iteration ${count(best.iteration)}, the best in validation (${nats(best.crossEntropy)})`
      : "";
  return ending + why + now;
}
