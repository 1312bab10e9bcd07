/** The training loop: runs training steps and yields losses, validations, samples and checkpoints as events. */
import { setImmediate } from "node:timers/promises";
import { claimRun, saveCheckpoint } from "./saved/checkpoint";
import { DivergedError, weightsAreFinite } from "./diverged";
import type { CheckpointEvent, HistoryEntry, StepEvent, TrainingEvent, ValidationEvent } from "./events";
import { takeInterrupt } from "./interrupt";
import { Meter } from "./meter";
import { lockRun, type RunLock } from "./saved/run-lock";
import { completeOptions, type TrainOptions } from "./options";
import { samples } from "./samples";
import type { Training } from "./training";

/** Losses are read so many steps after theirs at the latest, also where they are seldom told of or never. */
const mostUnsettled = 100;

/** The events of a training as they come, and the training, whose `position.history` has those from before. */
export interface TrainingEvents extends AsyncGenerator<TrainingEvent, void, void> {
  readonly training: Training;
}

/**
 * Trains until `params.iterations`, an interrupt, or the end of the time, and tells what happens. Called again it goes
 * on, with the numbers of a training that was never stopped. Whoever breaks out of the loop stops the training; the
 * steps that were made stand.
 *
 * @throws {DivergedError} before it tells, writes or saves anything of a network whose numbers are no longer finite
 * @throws where an option is out of range, and where another training writes its checkpoints into the same folder
 * @example for await (const event of train(training, { seconds: 60 })) if (event.type === "step") print(event.crossEntropy);
 */
export function train(training: Training, options: TrainOptions = {}): TrainingEvents {
  return Object.assign(eventsOf(training, options), { training });
}

async function* eventsOf(training: Training, given: TrainOptions): AsyncGenerator<TrainingEvent, void, void> {
  const options = completeOptions(given);
  const { checkpoints, sampleSeconds } = options;
  const { iterations } = training.params;
  const interrupt = await takeInterrupt();
  const stopped = () => interrupt.requested || options.signal?.aborted === true;
  const lock = await claim(training, checkpoints, stopped).catch((error: unknown) => {
    interrupt.release();
    throw error;
  });
  const meter = new Meter(training, options.seconds);
  const finished = () => training.position.iteration >= iterations;
  const due = (every: number) => every > 0 && training.position.iteration % every === 0;
  const remember = <Entry extends HistoryEntry>(entry: Entry): Entry => {
    training.record({ entry });
    return entry;
  };
  const diverged = (what: string, iteration?: number) =>
    DivergedError.of(training, { what, iteration, run: checkpoints });
  /** Reads the numbers of the steps: what comes of them is of no use where one is not finite. */
  const settle = async () => {
    const found = await meter.settle();
    if (found) {
      const { iteration, crossEntropy, gradientNorm } = found;
      throw await diverged(`the loss is ${crossEntropy} and the gradients' norm ${gradientNorm}`, iteration);
    }
  };
  /** The same of the weights after the last step, whose loss only the next one would show. */
  const settleWeights = async () => {
    await settle();
    if (!(await weightsAreFinite(training))) throw await diverged("a weight is not finite");
  };
  const report = async (): Promise<StepEvent> => {
    await settle();
    return meter.report(due(options.logEvery));
  };
  const validationOf = async (): Promise<ValidationEvent> => {
    await settle();
    const validation = await training.validate();
    if (!Number.isFinite(validation.crossEntropy))
      throw await diverged(`the validation loss is ${validation.crossEntropy}`);
    return validation;
  };
  const save = async (folder: string): Promise<CheckpointEvent> => {
    lock?.check();
    await settle();
    savedAt = training.position.iteration;
    return {
      type: "checkpoint",
      iteration: savedAt,
      ...(await saveCheckpoint(training, folder, options.keep)),
    };
  };
  /** Reads the batch of an iteration while something else is computed; what goes wrong is told where it is needed. */
  const readAhead = (iteration: number) => {
    const reading = training.batches.readAhead?.(iteration);
    reading?.catch(() => undefined);
    return reading;
  };
  let savedAt = -1;
  let sampledAt = 0;
  let ready = readAhead(training.position.iteration);
  try {
    while (!finished() && !stopped() && meter.seconds < options.seconds) {
      await ready;
      ready = readAhead(training.position.iteration + 1);
      meter.measure(() => training.step());
      if (due(options.logEvery)) yield remember(await report());
      else if (meter.unsettled >= mostUnsettled) await settle();
      if (training.canValidate && due(options.validateEvery)) yield remember(await validationOf());
      if (sampleSeconds ? meter.seconds - sampledAt >= sampleSeconds : due(options.sampleEvery)) {
        await settleWeights();
        for await (const sample of samples(training, options, stopped)) yield remember(sample);
        sampledAt = meter.seconds;
      }
      if (checkpoints && due(options.checkpointEvery)) yield await save(checkpoints);
      await setImmediate();
    }
    if (meter.unread) yield remember(await report());
    if (checkpoints && savedAt !== training.position.iteration) yield await save(checkpoints);
    const reason = finished() ? "finished" : stopped() ? "interrupted" : "time";
    yield { type: "end", iteration: training.position.iteration, reason, seconds: training.position.seconds };
  } finally {
    await meter.settle().catch(() => undefined); // for whoever goes on; what went wrong is told already
    meter.dispose();
    interrupt.release();
    await lock?.release();
  }
}

/** Makes a training the only writer of its run, if it has one. */
async function claim(
  training: Training,
  run: string | undefined,
  stopped: () => boolean,
): Promise<RunLock | undefined> {
  if (run === undefined) return undefined;
  const lock = await lockRun(run, stopped);
  try {
    await claimRun(training, run);
    return lock;
  } catch (error) {
    await lock.release();
    throw error;
  }
}
