/**
 * Writes what a training tells into event files for TensorBoard, while others listen too. How the training is shown here is
 * in `watch.ts`.
 */
import { createHash } from "node:crypto";
import path from "node:path";
import type { TracedIn } from "../../trace/traceable";
import type { TrainingEvent } from "../../train/events";
import type { Training } from "../../train/training";
import { EventFile, claimFolder } from "./event-file";
import { sessionEnd, sessionStart } from "./hyperparameters";
import { summaries } from "./summaries";

export interface TensorBoardOptions {
  /**
   * The folder of this run, under the name of which TensorBoard shows it. What another training left there is set aside as
   * `<folder>.before-1` and so on.
   */
  readonly folder: string;
  /** The training that tells: its params are the hyperparameters, its library is what samples are traced against. */
  readonly training: Pick<Training, "library" | "params" | "position">;
  /**
   * What samples are traced against, as an index of a library that is read from disk (default: the training's library). Traced in
   * "nothing", they have no curves of copies.
   */
  readonly tracedIn?: TracedIn | "nothing";
  /** Characters of a passage that counts as copied, at least (default: 20, or more where phrases of 20 are common). */
  readonly minLength?: number;
}

/**
 * Passes all events of a training on, and writes them beside: losses, accuracies, learning rate, gradient norm, tokens per
 * second, the copied share and the longest copy of samples, the samples, and the params. TensorBoard shows them while the
 * training runs: `tensorboard --logdir data/tensorboard --samples_per_plugin text=1000`. By itself it keeps 100 of the texts
 * of a tag, or 10 where it has no data server of its own; text=0 keeps none.
 *
 * A training that goes on after a stop, also from an older checkpoint, goes on in its run. Where the folder is empty, what
 * it has told before is written first, as if it had been told without a stop.
 *
 * @throws what the training throws, and where the folder cannot be written
 * @example await watch(tensorboard(train(training), { folder: "data/tensorboard/novels", training }), library);
 */
export async function* tensorboard(
  events: AsyncIterable<TrainingEvent>,
  { folder, training, tracedIn = training.library, minLength }: TensorBoardOptions,
): AsyncGenerator<TrainingEvent, void, void> {
  const { params, position } = training;
  const copies = { texts: tracedIn, minLength };
  const before = [...position.history];
  const { fresh } = await claimFolder(folder, position.id);
  const file = await EventFile.begin(folder, position.id, fresh ? 1 : position.iteration + 1);
  const write = async (event: TrainingEvent, wallTime: number) => {
    const value = summaries(event, copies);
    if (value.length) await file.write({ wallTime, step: event.iteration, summary: { value } });
  };
  try {
    const began = Date.now() / 1000;
    const start = sessionStart(params, rowOf(folder), began - position.seconds);
    await file.write({ wallTime: began, step: 0, summary: { value: [start] } });
    if (fresh) {
      let seconds = 0;
      for (const event of before) {
        if (event.type === "step") seconds = event.seconds;
        await write(event, began - position.seconds + seconds);
      }
    }
    for await (const event of events) {
      const now = Date.now() / 1000;
      await write(event, now);
      if (event.type === "end")
        await file.write({ wallTime: now, step: 0, summary: { value: [sessionEnd(now)] } });
      yield event;
    }
  } finally {
    await file.close();
  }
}

/**
 * What the row of a run is called in the table of settings. TensorBoard puts runs whose rows have one name together and shows the
 * means of their numbers, so that the last name of the folder alone is not enough.
 *
 * @example rowOf("data/tensorboard/novels") // "novels 1f0c9a6e"
 */
function rowOf(folder: string): string {
  const hash = createHash("sha256").update(path.resolve(folder)).digest("hex");
  return `${path.basename(folder)} ${hash.slice(0, 8)}`;
}
