/** One trial of a search: a training with some params, as far as it is worth while, and the folder that it leaves. */
import { readdir, rename, rm, writeFile, mkdir } from "node:fs/promises";
import path from "node:path";
import type { Params } from "../../network/params";
import type { Library } from "../../text/library";
import { saveCheckpoint } from "../checkpoint";
import type { StepEvent, TrainingEvent, ValidationEvent } from "../events";
import { removeFolders } from "../run-folder";
import { train, type TrainOptions } from "../train";
import { Training } from "../training";
import { canValidate } from "../validate";
import type { Asked, Engine, TrialResult } from "./engine";

export interface TrialOptions {
  readonly engine: Engine;
  readonly library: Library;
  /** The params that all trials have. */
  readonly params: Partial<Params>;
  readonly training: TrainOptions;
  /** Of the search. */
  readonly folder: string;
}

/** An event of a trial's training. */
export interface TrialTrainingEvent {
  readonly type: "training";
  readonly trial: number;
  readonly event: TrainingEvent;
}

/** How a trial ended; "released": given back, "lost": taken up by others while it was made. */
type Ending = Omit<TrialResult, "trial" | "params"> | "released" | "lost";

/**
 * Makes a trial: trains, reports each validation, and ends early where that is hopeless. It leaves `trial-0007` in the folder
 * of the search, whole or not at all: `trial.json`, `losses.csv` and the checkpoint with the lowest validation loss, so that
 * the folder is also a run.
 *
 * @returns the result; undefined where the trial was interrupted, and is to be made again, or where others have taken it up
 */
export async function* makeTrial(
  asked: Asked,
  options: TrialOptions,
): AsyncGenerator<TrialTrainingEvent, TrialResult | undefined, void> {
  const { engine, folder } = options;
  const { trial, attempt, params } = asked;
  const unfinished = path.join(folder, `.unfinished-${nameOf(trial)}-${attempt}`);
  let ending: Ending = "released";
  try {
    await mkdir(unfinished, { recursive: true });
    ending = yield* follow(asked, { ...options, folder: unfinished });
  } finally {
    if (ending === "released") await engine.release();
    if (typeof ending === "string") await rm(unfinished, { recursive: true, force: true });
  }
  if (typeof ending === "string") return undefined;
  const result: TrialResult = { trial, params, ...ending };
  await writeFile(path.join(unfinished, "trial.json"), `${JSON.stringify(result, null, 2)}\n`);
  await putInPlace(unfinished, path.join(folder, nameOf(trial)));
  const { accepted } = await engine.tell(ending);
  await removeAttempts(folder, trial);
  return accepted ? result : undefined;
}

/** @example trialFolder("data/searches/novels", 7) // "data/searches/novels/trial-0007" */
export function trialFolder(search: string, trial: number): string {
  return path.join(search, nameOf(trial));
}

function nameOf(trial: number): string {
  return `trial-${String(trial).padStart(4, "0")}`;
}

/** @param folder of this attempt */
async function* follow(
  { trial, params }: Asked,
  { engine, library, params: fixed, training: given, folder }: TrialOptions,
): AsyncGenerator<TrialTrainingEvent, Ending, void> {
  let training: Training | undefined;
  let best: number | undefined;
  let last: StepEvent | undefined;
  const ended = (state: TrialResult["state"], error?: string): Ending => ({
    state,
    loss: best ?? null,
    iterations: training?.position.iteration ?? 0,
    seconds: training?.position.seconds ?? 0,
    weights: training?.model.size,
    error,
  });
  try {
    try {
      training = await Training.start(library, { ...fixed, ...params });
    } catch (error) {
      return ended("failed", error instanceof Error ? error.message : String(error));
    }
    if (!canValidate(training.model, library.validation)) {
      const words = "what the library holds out is shorter than `steps`: a search compares losses on it";
      return ended("failed", words);
    }
    for await (const event of train(training, given)) {
      yield { type: "training", trial, event };
      if (event.type === "step") last = event;
      if (event.type === "end" && event.reason === "interrupted") return "released";
      if (event.type !== "validation") continue;
      const loss = lossOf(event);
      if (loss < (best ?? Infinity)) {
        best = loss;
        await saveCheckpoint(training, folder, 1);
      }
      const { prune, lost } = await engine.report(event.iteration, loss);
      if (lost) return "lost";
      const { iterations } = training.model.params;
      if (prune && (event.iteration < iterations || best === undefined)) return ended("pruned");
    }
    if (best === undefined) {
      const words = `no validation in ${last?.iteration ?? 0} iterations: lower \`validateEvery\``;
      return ended("failed", words);
    }
    return ended("complete");
  } finally {
    if (training) await writeLosses(training, folder);
    training?.dispose();
  }
}

/** By which trials are compared, also those that read words with those that read characters. */
function lossOf({ crossEntropy, perCharacter = crossEntropy }: ValidationEvent): number {
  return perCharacter;
}

/** A line for each step event, in nats a token, and for each validation, in nats a character. */
async function writeLosses({ position }: Training, folder: string): Promise<void> {
  const rows = position.history.flatMap((entry) => {
    if (entry.type === "step") return [`${entry.iteration},${entry.crossEntropy},`];
    return entry.type === "validation" ? [`${entry.iteration},,${lossOf(entry)}`] : [];
  });
  await writeFile(
    path.join(folder, "losses.csv"),
    `${["iteration,training,validation", ...rows].join("\n")}\n`,
  );
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
