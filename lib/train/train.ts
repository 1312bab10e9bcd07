/** The training loop: runs training steps and yields losses, validations, samples and checkpoints as events. */
import { setImmediate } from "node:timers/promises";
import { keepSavedBest, saveCheckpoint } from "./saved/checkpoint";
import { takeRun } from "./saved/claim";
import { DivergedError, weightsAreFinite } from "./diverged";
import { bestValidation } from "./validation/best";
import { isOutOfPatience, turnOf } from "./validation/early-stopping";
import type {
  CheckpointEvent,
  HistoryEntry,
  NoticeEvent,
  StepEvent,
  TrainingEvent,
  ValidationEvent,
} from "./events";
import { takeInterrupt } from "./interrupt";
import { Meter } from "./steps/meter";
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
  const { checkpoints, sampleSeconds, restoreBest } = options;
  const { iterations } = training.params;
  const interrupt = await takeInterrupt();
  const stopped = () => interrupt.requested || options.signal?.aborted === true;
  const taken = await takeRun(training, checkpoints, stopped).catch((error: unknown) => {
    interrupt.release();
    throw error;
  });
  training.best.back();
  const meter = new Meter(training, options.seconds);
  const finished = () => training.position.iteration >= iterations;
  const validates = options.validateEvery > 0 && training.canValidate;
  if (options.validateEvery > 0 && !validates) adviseToValidate(training);
  /** Whether the last weights have to be measured, too, to be compared with the best so far. */
  const isCompared = restoreBest || checkpoints !== undefined;
  /** Whether the weights as they are now were validated, and are the best. */
  const isBest = () => bestValidation(training.position.history)?.iteration === training.position.iteration;
  const exhausted = () => isOutOfPatience(training.position.history, options.patience);
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
  /** Validates, keeps what is best, and says where validation has turned. */
  async function* validated(): AsyncGenerator<ValidationEvent | NoticeEvent, void, void> {
    yield remember(await validationOf());
    if (restoreBest && isBest()) training.best.keep(training.position.iteration);
    const turned = turnOf(training.position.history);
    if (turned) yield remember(turned);
  }
  const save = async (folder: string): Promise<CheckpointEvent> => {
    taken.lock?.check();
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
  let isExhausted = exhausted();
  let savedAt = -1;
  let sampledAt = 0;
  let ready = readAhead(training.position.iteration);
  try {
    if (taken.notice) yield taken.notice;
    for (const notice of training.takeNotices()) yield notice;
    while (!finished() && !stopped() && !isExhausted && meter.seconds < options.seconds) {
      await ready;
      ready = readAhead(training.position.iteration + 1);
      meter.measure(() => training.step());
      for (const notice of training.takeNotices()) yield notice;
      if (due(options.logEvery)) yield remember(await report());
      else if (meter.unsettled >= mostUnsettled) await settle();
      const isValidated = validates && (due(options.validateEvery) || (finished() && isCompared));
      if (isValidated) {
        yield* validated();
        isExhausted = exhausted();
      }
      if (sampleSeconds ? meter.seconds - sampledAt >= sampleSeconds : due(options.sampleEvery)) {
        await settleWeights();
        for await (const sample of samples(training, options, stopped)) yield remember(sample);
        sampledAt = meter.seconds;
      }
      if (checkpoints && (due(options.checkpointEvery) || (isValidated && isBest())))
        yield await save(checkpoints);
      await setImmediate();
    }
    if (meter.unread) yield remember(await report());
    if (checkpoints && savedAt !== training.position.iteration) yield await save(checkpoints);
    const reason = finished() ? "finished" : isExhausted ? "patience" : stopped() ? "interrupted" : "time";
    const { iteration, seconds, history } = training.position;
    const best = options.patience || restoreBest ? bestValidation(history) : undefined;
    const restored = restoreBest && best ? await useBest(training, best, checkpoints) : undefined;
    // Those on the way were of the weights of the moment, which the network no longer has.
    if (best && restored && best.iteration !== iteration && (sampleSeconds || options.sampleEvery))
      yield* samples(training, options, stopped, best.iteration);
    yield {
      ...{ type: "end", iteration, reason, seconds },
      ...(best && { best: { iteration: best.iteration, crossEntropy: best.crossEntropy } }),
      ...(restored !== undefined && { restored }),
    };
  } finally {
    await meter.settle().catch(() => undefined); // for whoever goes on; what went wrong is told already
    meter.dispose();
    interrupt.release();
    await taken.lock?.release();
  }
}

/**
 * Lets the network have its best weights, which a training that was resumed finds in its run.
 *
 * @returns whether it has them
 */
async function useBest(
  training: Training,
  { iteration }: ValidationEvent,
  run: string | undefined,
): Promise<boolean> {
  const { best, position } = training;
  if (iteration === position.iteration) return true;
  if (best.iteration !== iteration && run !== undefined) await keepSavedBest(training, iteration, run);
  if (best.iteration !== iteration) return false;
  best.use();
  return true;
}

/** Says once why there is no validation, though something is held out. */
function adviseToValidate(training: Training): void {
  if (training.library.validation.length === 0) return;
  const text =
    `Nothing is validated: what is held out is no longer than a window (\`steps\` ${training.params.steps}). ` +
    "Lower `steps`, hold out more (`validation` of the library) or add longer texts.";
  const isTold = training.position.history.some((entry) => entry.type === "notice" && entry.text === text);
  if (!isTold) training.notify("advice", text);
}
