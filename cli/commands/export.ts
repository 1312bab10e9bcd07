/** `palimpsest export`: a network for elsewhere, in a file or a folder. */
import { Command, Option } from "commander";
import { UsageError } from "../exit-codes";
import { encodingOption, openToLearn, textsInWords } from "../options/given-texts";
import { collected } from "../options/options";
import { printJson, say } from "../output";
import { rememberedTexts } from "../options/remembered-texts";
import { openModel } from "../options/runs";
import { precisionNames, type SavedPrecision } from "../../lib/network/precision/precisions";
import { modelPlace } from "../../lib/train/saved/places";

const formats = ["palimpsest", "keras", "tfjs", "web"] as const;

type Format = (typeof formats)[number];

interface CommandOptions {
  readonly format?: Format;
  readonly web?: boolean;
  readonly precision?: SavedPrecision;
  readonly softmax?: boolean;
  readonly texts?: readonly string[];
  readonly encoding?: string;
  readonly title?: string;
  readonly about?: string;
  readonly json?: boolean;
}

export function exportCommand(): Command {
  return new Command("export")
    .description("give a network away: in one file, for Keras, for TensorFlow.js, or as a page that writes")
    .argument("<model>", "a run, a checkpoint, a model file, or pretrained")
    .argument("<output>", "the file, .palimpsest or .keras, or the folder")
    .addOption(
      new Option("--format <name>", "what is written (default: by the ending of the file)").choices(formats),
    )
    .option("--web", "short for --format web")
    .addOption(
      new Option("--precision <name>", "of the weights in .palimpsest (default: fp32)").choices(
        precisionNames,
      ),
    )
    .option("--softmax", "keras, tfjs: the network gives probabilities instead of scores")
    .option(
      "--texts <text>",
      "web: what the page traces in, may be given several times (default: the run's own)",
      collected,
    )
    .addOption(encodingOption("--encoding", "web: of --texts (default: found out)"))
    .option("--title <text>", "web: the heading of the page")
    .option("--about <text>", "web: what the network is, in a sentence or two")
    .option("--json", "say what was written as one JSON document")
    .addHelpText("after", helpAfter)
    .action(run);
}

const helpAfter = `
palimpsest  one file to keep, to give away, and to train on from (train --from)
keras       one file that keras.models.load_model opens
tfjs        a folder that tf.loadLayersModel opens, in Node and in a browser
web         a folder with a page, for any server of files: it writes, traces and learns in the browser

${textsInWords}

Examples:
  palimpsest export poet poet.palimpsest --precision int8
  palimpsest export poet poet.keras --softmax
  palimpsest export poet site --web --title "A poet"`;

async function run(name: string, output: string, options: CommandOptions): Promise<void> {
  const format = formatOf(output, options);
  refuseStray(format, options);
  const { exported } = require("./exported") as typeof import("./exported");
  const place = await modelPlace(name);
  const model = await openModel(name);
  try {
    const { texts, encoding, precision, softmax, title, about } = options;
    const given = texts ? { texts, encoding } : undefined;
    const library = format === "web" ? await openToLearn(given ?? (await rememberedTexts(place))) : undefined;
    const files = await exported(model, output, { format, place, precision, softmax, library, title, about });
    const told = library ? { notices: library.notices } : {};
    if (options.json) await printJson({ format, output, files, ...told });
    else say(`${output}: ${(files.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6).toFixed(1)} MB`);
  } finally {
    model.dispose();
  }
}

/** The format that is asked for, or that the ending means. */
function formatOf(output: string, { format, web }: CommandOptions): Format {
  if (web && format !== undefined && format !== "web")
    throw new UsageError(`Expected --web or --format ${format}, got both.`);
  if (web) return "web";
  const meant = format ?? formats.find((one) => output.endsWith(`.${one}`));
  if (meant === undefined)
    throw new UsageError(`Expected --format, or ${output} to end with .palimpsest or .keras.`);
  return meant;
}

/** Options that another format has. */
function refuseStray(format: Format, options: CommandOptions): void {
  const belongs: Record<string, readonly Format[]> = {
    precision: ["palimpsest"],
    softmax: ["keras", "tfjs"],
    texts: ["web"],
    title: ["web"],
    about: ["web"],
  };
  if (options.encoding !== undefined && options.texts === undefined)
    throw new UsageError("Expected --texts with --encoding, got none.");
  for (const [name, own] of Object.entries(belongs)) {
    if (options[name as keyof CommandOptions] !== undefined && !own.includes(format))
      throw new UsageError(`Expected --${name} with --format ${own.join(" or ")}, got ${format}.`);
  }
}
