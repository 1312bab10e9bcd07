/** Generated texts in a file, which appears whole once the last of them is written. */
import { writeFile } from "node:fs/promises";
import { writeWhole } from "../base/files/atomic-write";
import type { GeneratedText } from "./many";

export interface FileOptions {
  /** What stands between two texts (default: a line of three asterisks). For texts of one line, "\n". */
  readonly separator?: string;
}

/**
 * Writes texts to a file as they come, in UTF-8, each after its prompt without the white space at the front. A file
 * whose name ends with `.jsonl`, `.jsonlines` or `.ndjson` gets an object a line instead, with `prompt`, `temperature`,
 * `seed` and `text`.
 *
 * @param texts read to their end; where it throws, the file stays as it was
 * @returns how many texts there are
 * @example await saveTexts(generateMany(model, { n: 100, onProgress: progressBar() }), "data/samples.txt");
 */
export async function saveTexts(
  texts: AsyncIterable<GeneratedText> | Iterable<GeneratedText>,
  file: string,
  { separator = "\n\n* * *\n\n" }: FileOptions = {},
): Promise<number> {
  let count = 0;
  const asLines = /\.(jsonl|jsonlines|ndjson)$/i.test(file);
  async function* content() {
    for await (const generated of texts) {
      if (asLines) yield `${JSON.stringify(generated)}\n`;
      else yield (count ? separator : "") + (generated.prompt + generated.text).trimStart();
      count++;
    }
    if (!asLines) yield "\n";
  }
  await writeWhole(file, (part) => writeFile(part, content(), "utf8"));
  return count;
}
