/** `palimpsest generate`: a network writes, to standard output or into a file. */
import { Command, Option } from "commander";
import type { Writing } from "../../lib/generate";
import { randomPiece } from "../../lib/text";
import { UsageError } from "../exit-codes";
import { linesOf, standardInput } from "../options/given-lines";
import { encodingOption, openLibrary } from "../options/given-texts";
import { addOptionsFrom, givenFor, helpFrom, number, numbers, unescaped } from "../options/options";
import { say } from "../output";
import { writing, choice, type GenerateCommandOptions } from "./generate-options";
import { chooseImplementation, defaultRun, implementationOption, openModel } from "../options/runs";
import { stoppable } from "../stop";

export function generateCommand(): Command {
  const command = new Command("generate")
    .description("let a network write")
    .argument("[model]", "a run, a checkpoint, a model file, or pretrained", defaultRun);
  addOptionsFrom(command, writing, { without: ["temperature"] });
  const temperature = `${helpFrom(choice, "temperature")}; several take turns: 1,0.2,0.2`;
  command.addOption(new Option("--temperature <numbers>", temperature).argParser(numbers));
  addOptionsFrom(command, choice, { without: ["temperature"] });
  return command
    .option("-n, --n <number>", "how many texts (default: 1)", number)
    .addOption(
      new Option("--temperatures <numbers>", "texts at each of these, from the same seeds").argParser(
        numbers,
      ),
    )
    .option("--prompts <file>", "each line of a file, or of standard input (-), is a prompt")
    .option("--prompt-from <text>", "the prompt is a random piece of this text, drawn by --seed")
    .option("--prompt-length <number>", "characters of that piece (default: 40)", number)
    .addOption(encodingOption("--encoding", "of the prompts, and of --prompt-from (default: found out)"))
    .option("--interactive", "write together: the network offers words, you take one or type others")
    .option("--offers <number>", "how many it offers (default: 3)", number)
    .option("--output <file>", "write there, once all is written; .jsonl gets an object a line")
    .addOption(
      new Option("--separator <text>", "between two texts (default: a line of three asterisks)").argParser(
        unescaped,
      ),
    )
    .addOption(implementationOption())
    .option("--json", "a line of JSON for each text")
    .option("--quiet", "no progress")
    .addHelpText("after", helpAfter)
    .action(run);
}

const helpAfter = `
--prompt - reads the prompt from standard input.

Examples:
  palimpsest generate poet --prompt "It is a truth " --temperature 0.6 --length 1000
  palimpsest generate poet -n 100 --stop "\\n" --output samples.jsonl
  palimpsest generate poet -n 3 --temperatures 0.2,0.5,1
  palimpsest generate poet --prompt-from gutenberg:158 --seed 7
  palimpsest generate pretrained --prompts -      (type the beginnings, it goes on)
  palimpsest generate poet | palimpsest trace - --run poet`;

async function run(name: string, options: GenerateCommandOptions): Promise<void> {
  const given = { ...givenFor(options, writing), ...givenFor(options, choice) } as Partial<Writing>;
  const prompts = [given.prompt, options.prompts, options.promptFrom].filter((one) => one !== undefined);
  if (prompts.length > 1)
    throw new UsageError("Expected one of --prompt, --prompts and --prompt-from, got several.");
  if (options.encoding !== undefined && given.prompt !== "-" && !options.prompts && !options.promptFrom)
    throw new UsageError("Expected --prompts, --prompt-from or --prompt - with --encoding, got none.");
  chooseImplementation(options);
  const { writeTexts, writeTogether } = require("./written") as typeof import("./written");
  const model = await openModel(name);
  try {
    if (options.interactive) return await writeTogether(model, given, options);
    await stoppable(async (signal) => {
      for await (const prompt of promptsOf(given, options, signal)) {
        if (signal.aborted) break;
        await writeTexts(model, { writing: { ...given, ...prompt }, options, signal });
      }
    });
  } finally {
    model.dispose();
  }
}

/** What the network goes on from: once, or line by line as somebody types. */
async function* promptsOf(
  { prompt, seed }: Partial<Writing>,
  { prompts, promptFrom, promptLength, encoding, quiet }: GenerateCommandOptions,
  signal: AbortSignal,
): AsyncGenerator<Pick<Partial<Writing>, "prompt">, void, void> {
  if (prompts !== undefined) {
    if (prompts === "-" && process.stdin.isTTY)
      say("Type a beginning, and the network goes on; Ctrl-D ends.");
    for await (const line of linesOf(prompts, { encoding, signal })) yield { prompt: unescaped(line) };
  } else if (promptFrom !== undefined) {
    const library = await openLibrary({ texts: [promptFrom], encoding, validation: 0 }, { quiet });
    yield { prompt: randomPiece(library.texts, { length: promptLength, seed }) };
  } else if (prompt === "-") yield { prompt: await standardInput({ encoding }) };
  else yield {};
}
