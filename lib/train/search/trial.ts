/** One trial of a search: a training with some params, as far as it is worth while, and the folder that it leaves. */
import { readdir, rename, rm, writeFile, mkdir } from "node:fs/promises";
import path from "node:path";
import { completeParams, type Params } from "../params";
import type { Library } from "../../text/library";
import { saveCheckpoint } from "../saved/checkpoint";
import { writeWhole } from "../../base/files/atomic-write";
import type { HistoryEntry, TrainingEvent, ValidationEvent } from "../events";
import { removeFolders } from "../saved/run-folder";
import type { TrainOptions } from "../options";
import { train } from "../train";
import { Training } from "../training";
import { answer, databaseEvents, type DatabaseEvent } from "./answer";
import type { Asked, Engine, TrialResult } from "./engine";

export interface TrialOptions {
  readonly engine: Engine;
  readonly library: Library;
  /** The params that all trials have. */
  readonly params: Partial<Params>;
  readonly training: TrainOptions;
  /** Of the search. */
  readonly folder: string;
  /** Whether the search is to end. */
  stopped(): boolean;
}

/** An event of a trial's training. */
export interface TrialTrainingEvent {
  readonly type: "training";
  readonly trial: number;
  readonly event: TrainingEvent;
}

type TrialEvents<Result> = AsyncGenerator<TrialTrainingEvent | DatabaseEvent, Result, void>;

type Outcome = Omit<TrialResult, "trial" | "params">;

/** How a trial ended, and its losses as a table; "released": given back, "lost": taken up by others while it was made. */
type Ending = { readonly outcome: Outcome; readonly losses: string } | "released" | "lost";

/**
 * Makes a trial: trains, reports each validation, and ends early where that is hopeless. It leaves `trial-0007` in the folder
 * of the search, whole or not at all: `trial.json`, `losses.csv` and the checkpoint with the lowest validation loss, so that
 * the folder is also a run. A trial that is interrupted, or that others have taken up, leaves nothing.
 *
 * @throws what goes wrong with the folder or with the database, not with the training: that is the trial's result
 */
export async function* makeTrial(asked: Asked, options: TrialOptions): TrialEvents<void> {
  const { engine, folder, stopped } = options;
  const { trial, attempt, params } = asked;
  const unfinished = path.join(folder, `.unfinished-${nameOf(trial)}-${attempt}`);
  let ending: Ending = "released";
  let failed = false;
  try {
    await mkdir(unfinished, { recursive: true });
    ending = yield* follow(asked, { ...options, folder: unfinished });
  } catch (error) {
    failed = true;
    throw error;
  } finally {
    const given = giveBack(ending, engine, unfinished);
    // What went wrong first is what is told, whatever goes wrong after it.
    await (failed ? given.catch(() => undefined) : given);
  }
  if (typeof ending === "string") return;
  const { outcome, losses } = ending;
  const result: TrialResult = { trial, params, ...outcome };
  const files = { "losses.csv": losses, "trial.json": `${JSON.stringify(result, null, 2)}\n` };
  for (const [name, content] of Object.entries(files))
    await writeWhole(path.join(unfinished, name), (part) => writeFile(part, content));
  await putInPlace(unfinished, path.join(folder, nameOf(trial)));
  const { accepted } = yield* answer(engine, engine.tell(outcome), stopped);
  // Else another attempt is made just now, which puts its own in place.
  if (accepted) await removeAttempts(folder, trial);
}

/** @example trialFolder("data/searches/novels", 7) // "data/searches/novels/trial-0007" */
export function trialFolder(search: string, trial: number): string {
  return path.join(search, nameOf(trial));
}

function nameOf(trial: number): string {
  return `trial-${String(trial).padStart(4, "0")}`;
}

/** Leaves nothing of an attempt that came to nothing. */
async function giveBack(ending: Ending, engine: Engine, unfinished: string): Promise<void> {
  try {
    if (ending === "released") await engine.release();
  } finally {
    if (typeof ending === "string") await rm(unfinished, { recursive: true, force: true });
  }
}

/** @param folder of this attempt */
async function* follow(
  { trial, params }: Asked,
  { engine, library, params: fixed, training: given, folder, stopped }: TrialOptions,
): TrialEvents<Ending> {
  let training: Training | undefined;
  let best: number | undefined;
  const ended = (state: TrialResult["state"], error?: string): Ending => ({
    outcome: {
      state,
      loss: best ?? null,
      iterations: training?.position.iteration ?? 0,
      seconds: training?.position.seconds ?? 0,
      weights: training?.model.size,
      error,
    },
    losses: lossesOf(training?.position.history ?? []),
  });
  /** Of a training that cannot go on: what was measured before stands. */
  const broken = (why: string): Ending => ended(best === undefined ? "failed" : "pruned", why);
  try {
    try {
      training = await Training.start(library, completeParams({ ...fixed, ...params }));
    } catch (error) {
      return ended("failed", messageOf(error));
    }
    if (!training.canValidate) {
      const words = "what the library holds out is shorter than `steps`: a search compares losses on it";
      return ended("failed", words);
    }
    const { iterations } = training.params;
    for await (const event of validatedToTheEnd(training, given)) {
      if (event.type === "failure") return broken(event.message);
      yield { type: "training", trial, event };
      yield* databaseEvents(engine);
      if (event.type === "end" && event.reason === "interrupted") return "released";
      if (event.type !== "validation") continue;
      const loss = lossOf(event);
      if (!Number.isFinite(loss))
        return broken(`the validation loss was ${loss} at iteration ${event.iteration}`);
      if (loss < (best ?? Infinity)) {
        best = loss;
        await saveCheckpoint(training, folder, 1);
      }
      const { prune, lost } = yield* answer(engine, engine.report(event.iteration, loss), stopped);
      if (lost) return "lost";
      if (prune && event.iteration < iterations) return ended("pruned");
    }
    return ended("complete");
  } finally {
    training?.dispose();
  }
}

/** A training failed by itself. */
interface FailureEvent {
  readonly type: "failure";
  readonly message: string;
}

/** Trains, and measures also what was learned since the last validation. */
async function* validatedToTheEnd(
  training: Training,
  given: TrainOptions,
): AsyncGenerator<TrainingEvent | FailureEvent, void, void> {
  let validatedAt = -1;
  try {
    for await (const event of train(training, given)) {
      if (event.type === "validation") validatedAt = event.iteration;
      if (event.type === "end" && event.reason !== "interrupted" && validatedAt !== event.iteration)
        yield await validation(training);
      yield event;
    }
  } catch (error) {
    yield { type: "failure", message: messageOf(error) };
  }
}

/** Measures once more, and remembers it. */
async function validation(training: Training): Promise<ValidationEvent> {
  const event = await training.validate();
  training.record({ entry: event });
  return event;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** By which trials are compared, also those that read words with those that read characters. */
function lossOf({ crossEntropy, perCharacter = crossEntropy }: ValidationEvent): number {
  return perCharacter;
}

/** A line for each step event, in nats a token, and for each validation, in nats a character. */
function lossesOf(history: readonly HistoryEntry[]): string {
  const rows = history.flatMap((entry) => {
    if (entry.type === "step") return [`${entry.iteration},${entry.crossEntropy},`];
    return entry.type === "validation" ? [`${entry.iteration},,${lossOf(entry)}`] : [];
  });
  return `${["iteration,training,validation", ...rows].join("\n")}\n`;
}

/** Renames a folder, and removes what an earlier attempt had left in its place. */
async function putInPlace(unfinished: string, folder: string): Promise<void> {
  const names = await readdir(path.dirname(folder));
  if (names.includes(path.basename(folder))) await removeFolders([folder]);
  await rename(unfinished, folder);
}

/** Removes what attempts at a trial have left whose process died. */
async function removeAttempts(folder: string, trial: number): Promise<void> {
  const names = await readdir(folder);
  for (const name of names.filter((one) => one.startsWith(`.unfinished-${nameOf(trial)}-`)))
    await rm(path.join(folder, name), { recursive: true, force: true });
}
