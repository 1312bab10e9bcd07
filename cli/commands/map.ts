/** `palimpsest map`: from each place of a book, how far a network goes on word for word. */
import { Command } from "commander";
import type { BookMapOptions } from "../../lib/generate";
import type { TextLibrary } from "../../lib/text";
import { progressBar } from "../../lib/show/progress-bar";
import { UsageError } from "../exit-codes";
import { encodingOption, openLibrary, textsInWords, type TextOptions } from "../options/given-texts";
import { addOptionsFrom, givenFor } from "../options/options";
import { chooseImplementation, implementationOption, openModel } from "../options/runs";
import { colorOf, colorOptions, formatOf, formatOption, type ShownOptions } from "../options/shown";
import { print, printJson, say } from "../output";

interface CommandOptions extends TextOptions, ShownOptions {}

const mapping = ["lib/generate/memory/book-map.ts", "BookMapOptions"] as const;

export function mapCommand(): Command {
  const command = new Command("map")
    .description("show how far a network goes on word for word from each place of a book")
    .argument("<model>", "a run, a checkpoint, a model file, or pretrained")
    .argument("<book>", "a text, whether the network has read it or not");
  addOptionsFrom(command, mapping, { only: ["stride", "context", "ahead"] });
  const [color, noColor] = colorOptions("what the network goes on with");
  return command
    .addOption(encodingOption())
    .addOption(formatOption())
    .option("--json", "short for --format json: a document for each text of the book")
    .option("--output <file>", "where a page is written, with --format html")
    .addOption(implementationOption())
    .addOption(color)
    .addOption(noColor)
    .option("--quiet", "no progress")
    .addHelpText("after", helpAfter)
    .action(run);
}

const helpAfter = `
${textsInWords}

Examples:
  palimpsest map poet gutenberg:158
  palimpsest map poet mine.txt --stride 50 --format html --output map.html
  palimpsest map pretrained gutenberg:158 --json`;

async function run(
  name: string,
  book: string,
  options: CommandOptions & Record<string, unknown>,
): Promise<void> {
  const format = formatOf(options);
  if ((format === "html") !== (options.output !== undefined))
    throw new UsageError("Expected --format html and --output together, got one without the other.");
  chooseImplementation(options);
  const library = await openLibrary(
    { texts: [book], encoding: options.encoding, validation: 0 },
    { quiet: options.quiet },
  );
  const model = await openModel(name);
  try {
    await showMaps(model, library, { ...options, format });
  } finally {
    model.dispose();
  }
}

/** Maps each text of the library, one after another. */
async function showMaps(
  model: Awaited<ReturnType<typeof openModel>>,
  { texts }: TextLibrary,
  options: CommandOptions & Record<string, unknown>,
): Promise<void> {
  const { mapOfBook } =
    require("../../lib/generate/memory/book-map") as typeof import("../../lib/generate/memory/book-map");
  const { mapText } =
    require("../../lib/show/map/in-terminal") as typeof import("../../lib/show/map/in-terminal");
  const { saveMap } =
    require("../../lib/show/page/save-map") as typeof import("../../lib/show/page/save-map");
  const given: BookMapOptions = {
    ...givenFor(options, mapping),
    ...(options.quiet ? {} : { onProgress: progressBar(process.stderr) }),
  };
  const maps = [];
  for (const text of texts) {
    const label = texts.length > 1 ? text.title : "";
    maps.push({ label, map: await mapOfBook(model, text, given) });
  }
  if (options.output !== undefined) {
    await saveMap(maps, options.output);
    say(options.output);
    return;
  }
  for (const { map } of maps) {
    if (options.format !== "json") {
      await print(`${mapText(map, colorOf(options))}\n`);
      continue;
    }
    const { text, stride, ahead, places, verbatim, logProbability } = map;
    const { title, author, source } = text;
    const rows = Array.from(places, (place, at) => ({
      ...{ offset: place, verbatim: verbatim[at] },
      logProbability: Number.isNaN(logProbability[at]) ? null : logProbability[at],
    }));
    await printJson({ title, author, source, stride, ahead, places: rows });
  }
}
