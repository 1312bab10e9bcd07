/** A training as `palimpsest train` was asked for it: begun or gone on with, and told while it runs. */
import { tensorboard } from "../../../lib/show";
import { askForColumn, randomPiece, type Library } from "../../../lib/text";
import {
  asideInWords,
  claimRun,
  completeOptions,
  endAfter,
  iterationsOf,
  resumeTraining,
  shortOptions,
  startShort,
  train,
  type Params,
  type Training,
  type TrainOptions,
} from "../../../lib/train";
import { UsageError } from "../../exit-codes";
import type { GivenTexts } from "../../options/given-texts";
import { givenFor, type Every } from "../../options/options";
import { printJson, say } from "../../output";
import { rememberTexts } from "../../options/remembered-texts";
import { openModel } from "../../options/runs";
import { stoppable } from "../../stop";
import { tracedIn } from "../../options/traced-in";
import { loop, params, type TrainCommandOptions } from "./options";
import { TrainingLines } from "./lines";

/**
 * @param folder of the run
 * @throws UsageError where options do not go together
 */
export async function startTraining(
  folder: string,
  library: Library,
  options: TrainCommandOptions,
): Promise<Training> {
  const wanted = givenFor(options, params) as Partial<Params>;
  const { epochs, examplesPerEpoch, from, resume } = options;
  if (examplesPerEpoch !== undefined && epochs === undefined)
    throw new UsageError("Expected --epochs with --examples-per-epoch, got none.");
  if (epochs !== undefined && wanted.iterations !== undefined)
    throw new UsageError("Expected --epochs or --iterations, got both.");
  if (!resume) library.texts.forEach(askForColumn);
  const model = from === undefined ? undefined : await openModel(from);
  const training = resume
    ? await resumeTraining(folder, library, wanted)
    : (await startShort(library, wanted, { pretrained: options.pretrained, model })).training;
  model?.dispose();
  if (epochs !== undefined) endAfter(training, epochs, { examplesPerEpoch });
  return training;
}

/**
 * Trains, with checkpoints in the run's folder, and tells how it goes.
 *
 * @throws Stopped where it was stopped from outside
 */
export async function followTraining(
  training: Training,
  folder: string,
  options: TrainCommandOptions & { readonly given: GivenTexts },
): Promise<void> {
  const { model, library, position } = training;
  const { given, quiet, minLength, json } = options;
  const settings = shortOptions(training, trainOptions(training, options));
  const { sampleEvery, sampleSeconds } = completeOptions(settings);
  const samplesAreTraced = (sampleEvery > 0 || sampleSeconds) && (!json || options.tensorboard !== undefined);
  // Before anything is set aside or written, since an index may not come about.
  const traced = samplesAreTraced ? await tracedIn(library, given, { quiet, minLength }) : undefined;
  const aside = await claimRun(training, folder);
  if (aside) say(await asideInWords(folder, aside));
  await rememberTexts(folder, given);
  const from = position.iteration ? `, from iteration ${position.iteration}` : "";
  say(
    `${folder}: ${model.size} weights, ${training.params.iterations} iterations${from}; ${model.description}`,
  );
  const lines = new TrainingLines(traced, { quiet, minLength });
  await stoppable(async (signal) => {
    if (json) await printJson(startEvent(training, folder));
    const events = train(training, { ...settings, checkpoints: folder, signal });
    const told =
      options.tensorboard === undefined
        ? events
        : tensorboard(events, {
            ...{ folder: options.tensorboard, training, minLength },
            tracedIn: traced ?? "nothing",
          });
    for await (const event of told) {
      if (json) await printJson(event);
      else await lines.tell(event);
      if (event.type === "end" && (event.reason === "interrupted" || event.reason === "time"))
        say(`To go on from iteration ${event.iteration}: palimpsest train --run ${options.run} --resume`);
    }
  });
}

/** What JSON begins with, before lib's own events. */
function startEvent({ model, params, library, position }: Training, run: string) {
  const texts = library
    .statistics()
    .map(({ title, author, source, characters }) => ({ title, author, source, characters }));
  const { size: weights, description: computes } = model;
  return {
    type: "start",
    run,
    iteration: position.iteration,
    weights,
    computes,
    params,
    texts,
    notices: library.notices,
  };
}

/** The options of the loop, epochs and random prompts made into what it takes. */
function trainOptions(training: Training, options: TrainCommandOptions): TrainOptions {
  const { examplesPerEpoch, randomPrompt, promptLength: length } = options;
  const given = Object.entries(givenFor(options, loop)).map(([name, value]) => {
    if (name === "temperatures") return [name, [value].flat()];
    if (!name.endsWith("Every") || typeof value === "number") return [name, value];
    const { epochs } = value as Exclude<Every, number>;
    return [name, iterationsOf(training, epochs, { examplesPerEpoch })];
  });
  if (!randomPrompt) return Object.fromEntries(given) as TrainOptions;
  if (options.prompt !== undefined) throw new UsageError("Expected --prompt or --random-prompt, got both.");
  const { seed } = training.model.params;
  const prompt = randomPiece(training.library.training, { length, seed });
  return { ...(Object.fromEntries(given) as TrainOptions), prompt };
}
