/** The training loop: runs training steps and yields losses, validations, samples and checkpoints as events. */
import { setImmediate } from "node:timers/promises";
import { OptionError } from "../base/option-error";
import { write } from "../generate/generate";
import { disposeState } from "../network/state";
import { learningRate } from "./schedule";
import { claimRun, saveCheckpoint } from "./saved/checkpoint";
import { DivergedError, weightsAreFinite } from "./diverged";
import type {
  CheckpointEvent,
  HistoryEntry,
  SampleEvent,
  StepEvent,
  TrainingEvent,
  ValidationEvent,
} from "./events";
import { takeInterrupt } from "./interrupt";
import { Meter } from "./meter";
import { lockRun, type RunLock } from "./saved/run-lock";
import { carryOn, trainingStep, type StepResult } from "./step";
import type { Training } from "./training";
import { canValidate, validate } from "./validate";

export interface TrainOptions {
  /** Ends after so many seconds of this call (default: no limit). `params.iterations` still is the end of the schedule. */
  readonly seconds?: number;
  /** Iterations from one step event to the next (default: 10). */
  readonly logEvery?: number;
  /** Iterations from one validation to the next (default: 100; 0 never). Needs a library that holds out more than a window. */
  readonly validateEvery?: number;
  /** Iterations from one sample to the next (default: 250; 0 never). */
  readonly sampleEvery?: number;
  /** Seconds from one sample to the next, instead of iterations. */
  readonly sampleSeconds?: number;
  /** A sample is written at each of these temperatures (default: 0.5, 0.7, 0.9). */
  readonly temperatures?: readonly number[];
  /** Characters of a sample (default: 400). */
  readonly sampleLength?: number;
  /** What the samples go on from; "": see `Writing.prompt`. */
  readonly prompt?: string;
  /**
   * Folder of the run's checkpoints; without one none is written. What another training left there is set aside as
   * `<folder>.before-1` and so on.
   */
  readonly checkpoints?: string;
  /** Iterations from one checkpoint to the next (default: 500). One more is written at the end, and at an interrupt. */
  readonly checkpointEvery?: number;
  /** Recent checkpoints to keep, besides the best (default: 3). */
  readonly keep?: number;
  /** Another way to stop, beside the kernel's interrupt and Ctrl-C. */
  readonly signal?: AbortSignal;
}

/** Losses are read so many steps after theirs at the latest, also where they are seldom told of or never. */
const mostUnsettled = 100;

/**
 * Trains until `params.iterations`, an interrupt, or the end of the time, and tells what happens. Called again it goes
 * on, with the numbers of a training that was never stopped. Whoever breaks out of the loop stops the training; the
 * steps that were made stand.
 *
 * @throws {DivergedError} before it tells, writes or saves anything of a network whose numbers are no longer finite
 * @throws where an option is out of range, and where another training writes its checkpoints into the same folder
 * @example for await (const event of train(training, { seconds: 60 })) if (event.type === "step") print(event.crossEntropy);
 */
export async function* train(
  training: Training,
  given: TrainOptions = {},
): AsyncGenerator<TrainingEvent, void, void> {
  const options = completeOptions(given);
  const { checkpoints, sampleSeconds } = options;
  const { iterations } = training.model.params;
  const holdsOut = canValidate(training.model, training.library.validation);
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
    training.position.history.push(entry);
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
    const { crossEntropy, perCharacter, accuracy } = await validate(
      training.model,
      training.library.validation,
    );
    if (!Number.isFinite(crossEntropy)) throw await diverged(`the validation loss is ${crossEntropy}`);
    return {
      type: "validation",
      iteration: training.position.iteration,
      crossEntropy,
      perCharacter,
      accuracy,
    };
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
      meter.measure(() => advance(training));
      if (due(options.logEvery)) yield remember(await report());
      else if (meter.unsettled >= mostUnsettled) await settle();
      if (holdsOut && due(options.validateEvery)) yield remember(await validationOf());
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

/**
 * One step on the next batch, the state carried from the last one where the batches go on. Where it throws, the training has
 * the state and the place that it had before.
 */
function advance(training: Training): StepResult {
  const { model, optimizer, batches } = training;
  const { iteration } = training.position;
  const batch = batches.at(iteration);
  const rate = learningRate(model.params, iteration);
  const result = carryOn(model, batch, training.carried, (state) =>
    trainingStep(model, optimizer, batch, state, rate, iteration),
  );
  training.carried = batches.stateful ? result.state : undefined;
  if (!batches.stateful) disposeState(result.state);
  training.position.iteration += 1;
  return result;
}

/** A sample at each temperature; the seed is the iteration's, so that a training told again tells the same. */
async function* samples(
  { model, position: { iteration } }: Training,
  { temperatures, sampleLength, prompt }: Options,
  stopped: () => boolean,
): AsyncGenerator<SampleEvent, void, void> {
  for (const temperature of temperatures) {
    if (stopped()) return;
    const text = await write(model, {
      prompt,
      length: sampleLength,
      temperature,
      seed: model.params.seed + iteration,
    });
    yield { type: "sample", iteration, temperature, prompt, text };
  }
}

type Options = typeof defaultOptions & TrainOptions;

const defaultOptions = {
  seconds: Infinity,
  logEvery: 10,
  validateEvery: 100,
  sampleEvery: 250,
  temperatures: [0.5, 0.7, 0.9] as readonly number[],
  sampleLength: 400,
  prompt: "",
  checkpointEvery: 500,
  keep: 3,
};

/**
 * All options, with their defaults.
 *
 * @throws where one is out of range
 */
export function completeOptions(given: TrainOptions): Options {
  const options = { ...defaultOptions, ...given };
  for (const name of [
    "logEvery",
    "validateEvery",
    "sampleEvery",
    "checkpointEvery",
    "sampleLength",
  ] as const) {
    const value = options[name];
    if (!(Number.isInteger(value) && value >= 0)) throw new OptionError(name, "to be a whole number", value);
  }
  if (!(options.seconds > 0)) throw new OptionError("seconds", "> 0", options.seconds);
  if (!(options.keep >= 1)) throw new OptionError("keep", ">= 1", options.keep);
  return options;
}
