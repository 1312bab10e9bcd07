/**
 * Shows a training while it runs: in a notebook a live chart, a line on how it goes and the newest samples, each in its
 * place; in a terminal lines. Either way what it returns holds everything that was told.
 */
import { setImmediate } from "node:timers/promises";
import type { HistoryEntry, TrainingEvent } from "../../train/events";
import type { TrainOptions } from "../../train/options";
import { shortOptions } from "../../train/short-ways/short-ways";
import { train, type TrainingEvents } from "../../train/train";
import { Training } from "../../train/training";
import type { TracedIn } from "../../trace/traceable";
import { alreadyShown, inNotebook } from "../notebook";
import { TrainingRecord } from "./training-record";
import type { View } from "./view";
import { NotebookView } from "./watch-in-notebook";
import { TerminalView } from "./watch-in-terminal";

export interface WatchOptions {
  /** Events from earlier, with which the chart starts (default: those of the training, where `train` tells it). */
  readonly history?: readonly HistoryEntry[];
  /** Characters of a passage that counts as copied, at least (default: 20, or more where phrases of 20 are common). */
  readonly minLength?: number;
  /** Seconds from one line on how it goes to the next in a terminal, at least (default: 0, each is shown). */
  readonly lineEvery?: number;
}

/** Trainings that are being watched, and where each is shown: `showTraining` adds a place. */
export const watched = new Set<{ readonly record: TrainingRecord; readonly views: View[] }>();

/** The events of a training; where `train` tells them, with the training itself. */
type Watched = AsyncIterable<TrainingEvent> & Partial<Pick<TrainingEvents, "training">>;

/**
 * Follows a training to its end, which an interrupt may bring about; its samples are traced against the library's
 * training parts, or by an index of them where they are large.
 *
 * @throws what the training throws; what was shown until then stays
 * @example const record = await watch(train(training, { seconds: 240 }), library);
 * showTable(record.samples, { columns: ["iteration", "temperature", "copied", "longest"] });
 */
export async function watch(
  training: Watched,
  library: TracedIn,
  options?: WatchOptions,
): Promise<TrainingRecord>;
/**
 * The short form: trains as well, until validation no longer falls, leaves the network with the weights that measured best (see
 * `shortOptions`), and shows what there was before, too.
 *
 * @example await watch(await Training.start(library), { seconds: 240 });
 */
export async function watch(
  training: Training,
  options?: TrainOptions & WatchOptions,
): Promise<TrainingRecord>;
export async function watch(
  watchedOne: Watched | Training,
  given: TracedIn | (TrainOptions & WatchOptions) = {},
  options: WatchOptions = {},
): Promise<TrainingRecord> {
  if (!(watchedOne instanceof Training)) return follow(watchedOne, given as TracedIn, options);
  const { history, minLength, lineEvery, ...loop } = given as TrainOptions & WatchOptions;
  const events = train(watchedOne, shortOptions(watchedOne, loop));
  return follow(events, watchedOne.library, { history, minLength, lineEvery });
}

async function follow(
  training: Watched,
  library: TracedIn,
  { history = training.training?.position.history ?? [], minLength, lineEvery }: WatchOptions,
): Promise<TrainingRecord> {
  const record = new TrainingRecord(library, minLength);
  record.remember(history);
  const views: View[] = [inNotebook() ? new NotebookView(record) : new TerminalView(record, lineEvery)];
  const one = { record, views };
  watched.add(one);
  try {
    for await (const event of training) {
      record.add(event);
      for (const view of views) view.show(event);
      // The kernel sends what is shown, and hears an interrupt, only between two macrotasks.
      await setImmediate();
    }
  } finally {
    watched.delete(one);
    for (const view of views) {
      if (record.isEmpty) view.clear();
      else view.end();
    }
  }
  alreadyShown(record);
  return record;
}
