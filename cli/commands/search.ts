/** `palimpsest search`: which settings have the lowest loss on held-out text, tried by as many processes as one likes. */
import path from "node:path";
import { Command, Option } from "commander";
import type { Params } from "../../lib/train";
import type { SearchEvent, SearchOptions, Space, TrainOptions, TrialResult } from "../../lib/train";
import { bestOf } from "../../lib/train/search/trials-csv";
import { progressBar } from "../../lib/show/progress-bar";
import { UsageError } from "../exit-codes";
import {
  addTextOptions,
  openToLearn,
  streamOption,
  textsInWords,
  validateOnOption,
  type TextOptions,
} from "../options/given-texts";
import { addOptionsFrom, givenFor } from "../options/options";
import { printJson } from "../output";
import { chooseImplementation, implementationOption } from "../options/runs";
import { entry } from "../options/space";
import { stoppable } from "../stop";

const params = ["lib/train/params.ts", "Params"] as const;
const loop = ["lib/train/options.ts", "TrainOptions"] as const;
const searching = ["lib/train/search/search.ts", "SearchOptions"] as const;

/** What the command itself adds to lib's options, which stand beside these under their names in lib. */
interface CommandOptions extends TextOptions {
  readonly [name: string]: unknown;
  readonly space?: Space;
  readonly search: string;
  readonly json?: boolean;
}

export function searchCommand(): Command {
  const command = new Command("search")
    .description("find the settings with the lowest loss on held-out text")
    .argument("<texts...>", "what the trials are trained on")
    .addOption(
      new Option(
        "--space <param=values>",
        "what is tried, may be given several times: neurons=64,128 or neurons=32..256:32 or learning-rate=1e-3..3e-2:log",
      )
        .argParser(entry)
        .makeOptionMandatory(),
    )
    .option("--search <name>", "the search, a name in data/searches or a folder", "search")
    .addOption(implementationOption())
    .option("--json", "events as lines of JSON")
    .option("--quiet", "no progress");
  command.optionsGroup("Texts:");
  addTextOptions(command).addOption(validateOnOption()).addOption(streamOption());
  command.optionsGroup("How it is searched:");
  addOptionsFrom(command, searching, {
    without: ["folder", "params", "training", "seed", "signal", "onProgress"],
  });
  command.optionsGroup("What is the same for all trials:");
  addOptionsFrom(command, params);
  addOptionsFrom(command, loop, { only: ["seconds", "validateEvery", "logEvery"] });
  return command.addHelpText("after", helpAfter).action(run);
}

const helpAfter = `
The folder has a folder for each trial, and trials.csv, the best first. The same command again goes on; called by several
processes at once, with --storage on several machines, they share the trials, and what one that dies has begun is taken up
by another. The first search installs Optuna into .cache.

${textsInWords}

Examples:
  palimpsest search mine.txt --space neurons=64,128,256 --space learning-rate=1e-3..3e-2:log --iterations 500
  palimpsest search mine.txt --space layers=1..4 --trials 40 --sampler random --search depth
  palimpsest search mine.txt --space dropout=0..0.5 --storage postgresql://me@host/searches`;

async function run(texts: readonly string[], options: CommandOptions): Promise<void> {
  chooseImplementation(options);
  const library = await openToLearn({ ...options, texts }, options);
  const { search } =
    require("../../lib/train/search/search") as typeof import("../../lib/train/search/search");
  const { showTrials, watchSearch } =
    require("../../lib/show/watch/watch-search") as typeof import("../../lib/show/watch/watch-search");
  const given = givenFor(options, params) as Partial<Params>;
  await stoppable(async (signal) => {
    const events = search(library, options.space ?? {}, {
      ...(givenFor(options, searching) as Partial<SearchOptions>),
      folder: folderOf(options.search),
      params: given,
      training: trainingOf(options),
      signal,
      ...(options.quiet ? {} : { onProgress: progressBar(process.stderr) }),
    });
    const trials: TrialResult[] = [];
    if (options.json)
      for await (const event of events) {
        await printJson(event satisfies SearchEvent);
        if (event.type === "result") trials.push(event);
      }
    else {
      trials.push(...(await watchSearch(events)));
      showTrials(trials);
    }
    if (!signal.aborted) refuseWithoutLoss(trials);
  });
}

/** A search of which nothing came has failed, also for a shell. */
function refuseWithoutLoss(trials: readonly TrialResult[]): void {
  if (bestOf(trials)) return;
  const [first] = trials;
  throw new Error(`None of the ${trials.length} trials has a loss. Trial ${first.trial}: ${first.error}`);
}

function folderOf(name: string): string {
  return /[/\\]/.test(name) ? name : path.join("data", "searches", name);
}

/** How each trial is trained. */
function trainingOf(options: CommandOptions): TrainOptions {
  const { seconds, validateEvery, logEvery } = givenFor(options, loop);
  for (const every of [validateEvery, logEvery]) {
    if (typeof every === "object")
      throw new UsageError(
        "Expected iterations, got epochs: trials of different batches have different ones.",
      );
  }
  const given = { seconds, validateEvery, logEvery };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as TrainOptions;
}
