/** Shows a training that is watched, or was, once more: as after a page was loaded again, when the old cell shows nothing new. */
import type { Training } from "../../train/training";
import { alreadyShown, inNotebook } from "../notebook";
import { TrainingRecord } from "./training-record";
import { watched, type WatchOptions } from "./watch";
import { NotebookView } from "./watch-in-notebook";
import { TerminalView } from "./watch-in-terminal";

type Shown = Pick<Training, "library" | "position">;

/**
 * Draws the chart, the line and the newest samples of a training anew, below this cell; while it is still watched they go on
 * with it.
 *
 * @param shown a training, of which all that it has told is shown, or what `watch` has returned
 * @returns the record that is shown
 * @example showTraining(training);
 */
export function showTraining(
  shown: Shown | TrainingRecord,
  { minLength }: Pick<WatchOptions, "minLength"> = {},
): TrainingRecord {
  const living = [...watched].find(({ record }) => record === shown || isOf(record, shown));
  const record = living?.record ?? ("position" in shown ? recordOf(shown, minLength) : shown);
  if (!inNotebook()) new TerminalView(record).end();
  else if (living) living.views.push(new NotebookView(record));
  else new NotebookView(record).end();
  alreadyShown(record);
  return record;
}

/** Whether a record is of this training: its newest event is among those that the training remembers. */
function isOf({ steps, validations, samples }: TrainingRecord, shown: Shown | TrainingRecord): boolean {
  if (!("position" in shown)) return false;
  const newest = steps.at(-1) ?? validations.at(-1);
  const { history } = shown.position;
  if (newest) return history.includes(newest);
  return history.some((entry) => entry.type === "sample" && entry.text === samples.at(-1)?.text);
}

function recordOf({ library, position }: Shown, minLength?: number): TrainingRecord {
  const record = new TrainingRecord(library, minLength);
  record.remember(position.history);
  return record;
}
