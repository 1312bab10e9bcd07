/** How one goes on with a training that has ended, in a sentence; how it ended is in `log-line.ts`. */
import path from "node:path";
import type { CheckpointEvent, EndEvent, StepEvent } from "../../train/events";
import { count } from "../style/numbers";

/** What a training has told. */
interface Told {
  readonly end?: EndEvent;
  readonly steps: readonly StepEvent[];
  readonly checkpoints: readonly CheckpointEvent[];
  /** Whether nothing was learned while it was watched, as it had ended before. */
  readonly hadEnded: boolean;
  /** Whether no step was made while it was watched: it is only shown. */
  readonly isOnlyShown: boolean;
}

/**
 * @returns undefined where it runs, broke off with an error, or came to its end just now
 * @example wayOn(record) // "Run the cell again to go on from iteration 120; a cell that also makes the training begins anew. …"
 */
export function wayOn({ end, steps, checkpoints, hadEnded, isOnlyShown }: Told): string | undefined {
  const { iteration, iterations } = steps.at(-1) ?? { iteration: 0, iterations: 0 };
  if (!end)
    return isOnlyShown && iteration < iterations
      ? `\`await watch(training)\` goes on from iteration ${count(iteration)}.`
      : undefined;
  if (end.reason === "finished" || end.reason === "patience") {
    if (!hadEnded) return undefined;
    return end.reason === "finished"
      ? "To go on, set `training.params.iterations` higher and run the cell again."
      : "To go on all the same, run the cell again with `patience: 0`.";
  }
  const again =
    `Run the cell again to go on from iteration ${count(end.iteration)}; ` +
    "a cell that also makes the training begins anew.";
  const newest = checkpoints.at(-1);
  if (newest?.iteration !== end.iteration) return again;
  return `${again} After a restart, \`resumeTraining("${path.dirname(newest.folder)}", library)\` goes on there.`;
}
