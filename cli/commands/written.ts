/** What `palimpsest generate` writes: one text as it comes, many as texts or as JSON, or one together with a person. */
import {
  generate,
  generateMany,
  generateSamples,
  saveTexts,
  type GeneratedText,
  type Writing,
} from "../../lib/generate";
import { progressBar, writeInTurns } from "../../lib/show";
import type { Model } from "../../lib/network";
import { UsageError } from "../exit-codes";
import type { GenerateCommandOptions } from "./generate-options";
import { print, printJson, say } from "../output";

/** How a text is written and where it goes. */
export interface WritingWork {
  readonly writing: Partial<Writing>;
  readonly options: GenerateCommandOptions;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** Writes a text, or as many as the options want. */
export async function writeTexts(model: Model, work: WritingWork): Promise<void> {
  const { writing, options, signal } = work;
  const { output, json, n, temperatures } = options;
  if (output !== undefined || json || n !== undefined || temperatures !== undefined)
    return writeMany(model, work);
  let begun = false;
  for await (const piece of generate(model, writing)) {
    if (signal.aborted) break;
    await print(begun ? piece : (writing.prompt ?? "") + piece);
    begun = true;
  }
  if (begun) await print("\n");
}

/** Writes in turns with the person at the terminal. */
export async function writeTogether(
  model: Model,
  { prompt, length }: Partial<Writing>,
  { offers }: GenerateCommandOptions,
): Promise<void> {
  await writeInTurns(model, { prompt, length, n: offers });
}

async function writeMany(model: Model, { writing, options, signal }: WritingWork): Promise<void> {
  const { n, temperatures, output, json, quiet, separator } = options;
  const onProgress = quiet || output === undefined ? undefined : progressBar(process.stderr);
  const { temperature, ...rest } = writing;
  if (temperatures !== undefined && temperature !== undefined)
    throw new UsageError("Expected --temperature or --temperatures, got both.");
  const texts =
    temperatures === undefined
      ? generateMany(model, { ...writing, n, onProgress, signal })
      : generateSamples(model, { ...rest, n, temperatures: [temperatures].flat(), onProgress, signal });
  if (output === undefined) return json ? printLines(texts) : printTexts(texts, separator);
  const count = await saveTexts(texts, output, { separator });
  if (json) await printJson({ file: output, texts: count });
  else say(`${count} ${count === 1 ? "text" : "texts"} in ${output}`);
}

async function printLines(texts: AsyncIterable<GeneratedText>): Promise<void> {
  for await (const generated of texts) await printJson(generated);
}

async function printTexts(texts: AsyncIterable<GeneratedText>, separator = "\n\n* * *\n\n"): Promise<void> {
  let between = "";
  for await (const { prompt, text } of texts) {
    await print(between + prompt + text);
    between = separator;
  }
  if (between) await print("\n");
}
