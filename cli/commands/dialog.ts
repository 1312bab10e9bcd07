/** `palimpsest dialog`: talk with a network, by lines. */
import { Command } from "commander";
import { ansi } from "../../lib/show/overlay/in-terminal";
import type { Traceable } from "../../lib/trace";
import { UsageError } from "../exit-codes";
import { linesOf } from "../options/given-lines";
import { encodingOption, openToLearn, type GivenTexts } from "../options/given-texts";
import { addOptionsFrom, collected, givenFor, number } from "../options/options";
import { print, printJson, say } from "../output";
import { rememberedTexts } from "../options/remembered-texts";
import { modelPlace } from "../../lib/train/saved/places";
import { chooseImplementation, defaultRun, implementationOption, openModel } from "../options/runs";
import { stoppable } from "../stop";
import { tracedIn } from "../options/traced-in";

const settings = ["lib/generate/dialogue.ts", "DialogueSettings"] as const;
const dialogue = ["lib/generate/dialogue.ts", "DialogueOptions"] as const;

interface CommandOptions {
  readonly texts?: readonly string[];
  readonly copied?: number;
  readonly encoding?: string;
  readonly json?: boolean;
}

export function dialogCommand(): Command {
  const command = new Command("dialog")
    .alias("dialogue")
    .description("talk with a network, by lines")
    .argument("[model]", "a run, a checkpoint, a model file, or pretrained", defaultRun);
  addOptionsFrom(command, settings);
  addOptionsFrom(command, dialogue);
  return command
    .option(
      "--texts <text>",
      "what answers are traced in, may be given several times (default: the run's own)",
      collected,
    )
    .addOption(encodingOption("--encoding", "of what is said, and of --texts (default: found out)"))
    .option(
      "--copied <number>",
      "characters of a passage that counts as copied, at least (default: 20, or more where phrases of 20 are common)",
      number,
    )
    .addOption(implementationOption())
    .option("--json", "a line of JSON for each answer")
    .addHelpText("after", helpAfter)
    .action(run);
}

const helpAfter = `
A line is said to the network; an empty one lets it go on. reset makes it forget what was said, temperature=0.9 sets it
as its option does, like all other numbers here; bye or Ctrl-D ends.

Examples:
  palimpsest dialog poet --temperature 0.5
  echo "Who is there?" | palimpsest dialog poet --json`;

async function run(name: string, options: CommandOptions & Record<string, unknown>): Promise<void> {
  chooseImplementation(options);
  const { Dialogue } = require("../../lib/generate/dialogue") as typeof import("../../lib/generate/dialogue");
  const model = await openModel(name);
  const texts = await answersIn(name, options);
  const talk = new Dialogue(model, { ...givenFor(options, settings), ...givenFor(options, dialogue) });
  try {
    await stoppable(async (signal) => {
      const lines = linesOf("-", { encoding: options.encoding, signal });
      const ask = () => process.stdin.isTTY && process.stderr.write("> ");
      if (process.stdin.isTTY)
        say("Say something; an empty line lets it go on, reset makes it forget, bye ends.");
      ask();
      for await (const line of lines) {
        const reply = await talk.say(line);
        if (options.json) await printJson(reply);
        else if (reply.type === "answer") await print(`${inColour(reply.text, texts, options.copied)}\n\n`);
        else say(reply.text);
        if (reply.type === "end") break;
        ask();
      }
    });
  } finally {
    talk.dispose();
    model.dispose();
  }
}

/** What answers are traced in; nothing where nobody knows it. */
async function answersIn(
  name: string,
  { texts, encoding, copied, json }: CommandOptions,
): Promise<Traceable | undefined> {
  if (json) return undefined;
  const given: GivenTexts | undefined = texts
    ? { texts, encoding }
    : await rememberedTexts(await modelPlace(name)).catch((error: unknown) => {
        if (error instanceof UsageError) return undefined;
        throw error;
      });
  return given && tracedIn(await openToLearn(given), given, { minLength: copied });
}

function inColour(text: string, texts: Traceable | undefined, minLength?: number): string {
  return texts ? ansi(texts.trace(text, { minLength })) : text;
}
