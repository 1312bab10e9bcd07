/**
 * Shows a training while it runs: in a notebook a live chart, a line on how it goes and the newest samples, each in its
 * place; in a terminal lines. Either way what it returns holds everything that was told.
 */
import { setImmediate } from "node:timers/promises";
import type { Part } from "../text/text";
import type { HistoryEntry, TrainingEvent } from "../train/events";
import type { TraceIndex } from "../trace/trace-index";
import { inNotebook } from "./notebook";
import { TrainingRecord } from "./training-record";
import { NotebookView } from "./watch-in-notebook";
import { TerminalView } from "./watch-in-terminal";

export interface WatchOptions {
  /** What the training has told before, as that of a checkpoint, which the chart then begins with. */
  readonly history?: readonly HistoryEntry[];
  /** Characters of a passage that counts as copied, at least; 20. */
  readonly minLength?: number;
}

/** Shows a record. Every event is in the record before `show` is called with it. */
export interface View {
  show(event: TrainingEvent): void;
  /** Shows how it all ended; called once, also after an error. */
  end(): void;
}

/**
 * Follows a training to its end, which an interrupt may bring about; its samples are traced against the library's
 * training parts, or by an index of them where they are large.
 *
 * @throws what the training throws; what was shown until then stays
 * @example const record = await watch(train(training, { seconds: 240 }), library);
 * showTable(record.samples, { columns: ["iteration", "temperature", "copied", "longest"] });
 */
export async function watch(
  training: AsyncIterable<TrainingEvent>,
  library: { readonly training: readonly Part[] } | TraceIndex,
  { history = [], minLength }: WatchOptions = {},
): Promise<TrainingRecord> {
  const texts = "training" in library ? library.training : library;
  const record = new TrainingRecord(texts, minLength);
  for (const entry of history) record.add(entry);
  const view: View = inNotebook() ? new NotebookView(record) : new TerminalView(record);
  try {
    for await (const event of training) {
      record.add(event);
      view.show(event);
      // The kernel sends what is shown, and hears an interrupt, only between two macrotasks.
      await setImmediate();
    }
  } finally {
    view.end();
  }
  return record;
}
