/** How far a training is, and what has happened: with its tensors, all that a checkpoint needs to go on. */
import type { HistoryEntry } from "./events";
import type { Unreported } from "./steps/unreported";

export interface Position {
  /** Tells this training from others. */
  readonly id: string;
  /** Training steps made so far. */
  iteration: number;
  /** Time spent so far. */
  seconds: number;
  /** What has happened, in order. */
  readonly history: HistoryEntry[];
  /** Of steps that the next step event is to tell of; absent before the first, and in checkpoints from before it was saved. */
  unreported?: Unreported;
  /** How many times weights have been taken into their average, for an end at which iteration; absent where there is none. */
  averaged?: { readonly times: number; readonly iterations: number };
}

/** What `Training.record` notes. */
export interface Recorded extends Partial<Pick<Position, "seconds" | "unreported">> {
  readonly entry?: HistoryEntry;
}
