/** `palimpsest trace`: which passages of a file stand in texts, in colours, as a page, or as JSON. */
import { buffer } from "node:stream/consumers";
import { Command } from "commander";
import { numbersOf } from "../../lib/show/overlay/numbered";
import { overlayPage, saveOverlay } from "../../lib/show/page/save-overlay";
import { ansi } from "../../lib/show/overlay/in-terminal";
import { type Decoded, readBytes, readText } from "../../lib/text";
import { measure, surprised, type Surprised, type Trace } from "../../lib/trace";
import { UsageError } from "../exit-codes";
import {
  addTextOptions,
  encodingOption,
  openToLearn,
  textsInWords,
  type GivenTexts,
  type TextOptions,
} from "../options/given-texts";
import { addOptionsFrom } from "../options/options";
import { colorOf, colorOptions, formatOf, formatOption, type ShownOptions } from "../options/shown";
import { openModel } from "../options/runs";
import { print, printJson, say } from "../output";
import { rememberedTexts } from "../options/remembered-texts";
import { modelPlace } from "../../lib/train/saved/places";
import { comparison, nearTracing, traceIn, tracing } from "./traced";

interface CommandOptions extends TextOptions, ShownOptions {
  readonly run?: string;
  readonly index?: string;
  readonly near?: boolean;
  readonly surprise?: boolean;
  readonly quiet?: boolean;
  readonly sampleEncoding?: string;
}

export function traceCommand(): Command {
  const command = new Command("trace")
    .description("show which passages of a file are copied from which text")
    .argument("<sample>", "the file, or - for standard input")
    .argument("[texts...]", "what it may be copied from (default: those of --run)")
    .option("--run <name>", "the texts of this run, what it was trained on of them");
  addTextOptions(command);
  addOptionsFrom(command, tracing);
  addOptionsFrom(command, comparison);
  command.option("--near", "find passages with some changes, too; of 40 characters and more by default");
  addOptionsFrom(command, nearTracing, { only: ["share", "gap"] });
  const [color, noColor] = colorOptions("passages");
  return command
    .addOption(formatOption())
    .addOption(encodingOption("--sample-encoding", "of the sample, where it is not that of the texts"))
    .option("--json", "short for --format json: one document")
    .option("--output <file>", "where a page is written (default: standard output)")
    .option("--surprise", "show how surprised the network of --run is, by bars above the letters of a page")
    .option("--index <folder>", "keep an index of the texts there, for hundreds of megabytes of them")
    .addOption(color)
    .addOption(noColor)
    .option("--quiet", "no progress")
    .addHelpText("after", helpAfter)
    .action(run);
}

const helpAfter = `
${textsInWords}

Examples:
  palimpsest trace sample.txt gutenberg:1342 gutenberg:158
  palimpsest generate poet | palimpsest trace - --run poet
  palimpsest trace sample.txt mine.txt --format html --output sample.html
  palimpsest trace sample.txt mine.txt --near --share 0.1
  palimpsest trace sample.txt --run poet --surprise --format html --output sample.html
  palimpsest trace sample.txt books --collapse-whitespace --fold-quotes --json`;

async function run(
  sample: string,
  texts: readonly string[],
  options: CommandOptions & Record<string, unknown>,
): Promise<void> {
  if (sample === "-" && texts.includes("-"))
    throw new UsageError("Expected one thing to be read from standard input, got two.");
  const format = formatOf(options);
  if (options.output !== undefined && format !== "html")
    throw new UsageError(
      "Expected --format html with --output; other formats are redirected, as in > sample.json.",
    );
  if (options.surprise && options.run === undefined)
    throw new UsageError("Expected --run with --surprise, which asks the network of a run, got none.");
  const { content, notices } = await readSample(sample, options);
  for (const notice of notices) say(notice);
  const given = await givenTexts(texts, options);
  const library = await openToLearn(given, options);
  const found = await traceIn(content, library, { ...options, training: given.training });
  const traced = options.surprise ? await withSurprise(found, options.run!) : found;
  if (format === "json") await printJson(document(traced, [...notices, ...library.notices]));
  else if (format === "html") await page(traced, sample, options.output);
  else await print(`${ansi(traced, colorOf(options))}\n`);
}

async function withSurprise(traced: Trace, run: string): Promise<Trace & Surprised> {
  const model = await openModel(run);
  try {
    return await surprised(traced, { by: model });
  } finally {
    model.dispose();
  }
}

/** The sample as it stands, so that places in it are those of the file. */
function readSample(
  sample: string,
  { encoding, sampleEncoding = encoding }: CommandOptions,
): Promise<Decoded> {
  const options = { encoding: sampleEncoding, asItStands: true };
  if (sample !== "-") return readText(sample, options);
  return buffer(process.stdin).then((bytes) => readBytes(bytes, "Standard input", options));
}

async function givenTexts(
  texts: readonly string[],
  { run, validation, column, labels, separator, encoding, weights }: CommandOptions,
): Promise<GivenTexts & { readonly training: boolean }> {
  if (texts.length > 0)
    return {
      texts,
      column,
      labels,
      separator,
      encoding,
      weights,
      validation: validation ?? 0,
      training: false,
    };
  if (run === undefined) throw new UsageError("Expected texts or --run, got neither.");
  for (const [name, value] of Object.entries({ validation, column, labels, separator, weights })) {
    if (value !== undefined)
      throw new UsageError(
        `Expected texts with --${name}, got none: those of a run are read as it read them.`,
      );
  }
  return { ...(await rememberedTexts(await modelPlace(run))), training: true };
}

/**
 * The trace as one JSON document, with the surprise of each UTF-16 unit where it is known, null where not; texts are
 * named by their places in `texts`, where `number` is that of an overlay's [n].
 */
function document(traced: Trace & Partial<Surprised>, notices: readonly string[]): unknown {
  const { surprise } = traced;
  const numbers = numbersOf(traced.texts);
  return {
    ...measure(traced),
    ...(traced.raised === undefined ? {} : { raised: traced.raised }),
    ...(surprise && { surprise: Array.from(surprise, (nats) => Number(nats.toFixed(3))) }),
    notices,
    texts: traced.texts.map(({ title, author, source }, index) => ({
      ...{ number: numbers[index] + 1, title, author, source },
    })),
    found: traced.passages.map((passage) => ({
      ...passage,
      words: traced.sample.slice(passage.start, passage.end),
    })),
  };
}

async function page(traced: Trace, sample: string, output: string | undefined): Promise<void> {
  const title = sample === "-" ? {} : { title: sample };
  if (output === undefined) return print(overlayPage(traced, title));
  await saveOverlay(traced, output, title);
  say(output);
}
