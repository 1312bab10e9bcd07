/** `palimpsest train`: trains on texts, and leaves a run that writes, goes on, and opens in a notebook. */
import { Command, Option } from "commander";
import { completeParams } from "../../lib/train/params";
import { UsageError } from "../exit-codes";
import type { Params } from "../../lib/train";
import {
  addTextOptions,
  openToLearn,
  streamOption,
  textsInWords,
  validateOnOption,
  type GivenTexts,
} from "../options/given-texts";
import { addOptionsFrom, givenFor, number } from "../options/options";
import { rememberedTexts } from "../options/remembered-texts";
import { params, loop, type TrainCommandOptions } from "./training/options";
import { chooseImplementation, defaultRun, implementationOption } from "../options/runs";
import { runFolder } from "../../lib/train/saved/places";

export function trainCommand(): Command {
  const command = new Command("train")
    .description("train a network on texts")
    .argument("[texts...]", "what it reads (default: those of the run with --resume)")
    .option("--run <name>", "the run, a name in data/runs or a folder", defaultRun)
    .option("--resume", "go on with the run where it stopped; params stay, but for --iterations")
    .option("--from <model>", "begin with the weights of a model: a run, a file, pretrained")
    .option(
      "--no-pretrained",
      "begin with nothing, also with small English texts (default: with the pretrained network)",
    )
    .addOption(
      new Option("--epochs <number>", "end after so many epochs, instead of --iterations").argParser(number),
    )
    .addOption(
      new Option(
        "--examples-per-epoch <number>",
        "windows that count as an epoch (default: all of the texts)",
      ).argParser(number),
    )
    .option("--random-prompt", "samples go on from a random piece of the texts")
    .option("--prompt-length <number>", "characters of that piece (default: 40)", number)
    .option(
      "--min-length <number>",
      "characters of a passage that counts as copied, at least (default: 20, or more where phrases of 20 are common)",
      number,
    )
    .addOption(implementationOption())
    .option("--tensorboard <folder>", "also write event files for TensorBoard there")
    .option("--json", "events as lines of JSON")
    .option("--quiet", "no progress");
  command.optionsGroup("Texts:");
  addTextOptions(command).addOption(validateOnOption()).addOption(streamOption());
  command.optionsGroup("The network and how it learns, params in a notebook:");
  addOptionsFrom(command, params);
  command.optionsGroup("During training:");
  addOptionsFrom(command, loop, { without: ["checkpoints", "signal"] });
  return command.addHelpText("after", helpAfter).action(run);
}

const helpAfter = `
${textsInWords}

Unless told, --steps, --batch-size, --iterations and --dropout follow the size of small texts, with a trained network
--learning-rate as well; validation comes about once an epoch, --patience is 5 (0 never ends early), and --restore-best holds.

Examples:
  palimpsest train corpus:moby-dick --seconds 240
  palimpsest train gutenberg:1342 gutenberg:158 --run austen --neurons 256 --layers 3 --epochs 20
  palimpsest train --run austen --resume --iterations 8000
  palimpsest train mine.txt --run mine --from pretrained --learning-rate 1e-3
  palimpsest train haiku.csv --column text --run haiku --steps 32
  palimpsest train corpus/ more.txt.zst --stream --run large
  palimpsest train mine.txt --json --sample-every 1epoch > events.jsonl`;

async function run(texts: readonly string[], options: TrainCommandOptions): Promise<void> {
  if (options.resume && options.from !== undefined)
    throw new UsageError("Expected --resume or --from, got both.");
  completeParams(givenFor(options, params) as Partial<Params>);
  chooseImplementation(options);
  const folder = runFolder(options.run);
  const given = await givenTexts(texts, folder, options);
  const library = await openToLearn(given, options);
  const { startTraining, followTraining } = require("./training/run") as typeof import("./training/run");
  const training = await startTraining(folder, library, options);
  try {
    await followTraining(training, folder, { ...options, given });
  } finally {
    training.dispose();
  }
}

/** The texts of the command line, or else those of the run that goes on. */
async function givenTexts(
  texts: readonly string[],
  folder: string,
  {
    resume,
    validation,
    validateOn,
    column,
    labels,
    separator,
    encoding,
    weights,
    stream,
  }: TrainCommandOptions,
): Promise<GivenTexts> {
  const told = Object.fromEntries(
    Object.entries({ validation, validateOn, column, labels, separator, encoding, weights, stream }).filter(
      ([, value]) => value !== undefined,
    ),
  );
  if (texts.length > 0) return { texts, ...told };
  if (!resume) throw new UsageError("Expected texts to train on, got none.");
  return { ...(await rememberedTexts(folder)), ...told };
}
