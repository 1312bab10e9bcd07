/** Writes an index. The records are spread over parts by the upper bits of their hashes, and then put in order part by part. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import { appendSums } from "../../base/files/block-sums";
import { seal } from "../../base/files/checksum";
import { lineStarts } from "../../base/lines";
import type { OnProgress } from "../../base/progress";
import type { Part, Text } from "../../text/text";
import { writeWholeFolder } from "../../base/files/atomic-write";
import { refuseOther } from "../../base/files/refuse-other";
import { hashOf, layoutFor } from "../blocks";
import { comparison, type ComparisonOptions } from "../comparison/comparison";
import {
  format,
  indexFiles,
  recordLayout,
  type Header,
  type IndexedText,
  type IndexFile,
} from "./index-format";
import { bytesOf, WrittenFile } from "./written-file";
import { Codes, partBits, Spread } from "./spread";

/** Texts one after the other, so that not all need be in memory at once. */
export type Texts = Iterable<Text | Part> | AsyncIterable<Text | Part>;

export interface BuildOptions {
  readonly minLength: number;
  readonly comparison: Required<ComparisonOptions>;
  readonly onProgress?: OnProgress;
}

/** Files by which an older index is known, also where one of its files is missing. */
const marks = [
  ["records", "directory"],
  ["compared", "places"],
] as const satisfies readonly (readonly IndexFile[])[];

/** About as many records share the upper bits of the directory. */
const crowd = 32;

/** Writes the index of some texts beside `folder` and puts it there once it is whole. */
export async function buildIndex(folder: string, texts: Texts, options: BuildOptions): Promise<void> {
  await refuseOther(folder, marks);
  await writeWholeFolder(folder, async (part) => {
    const { header, parts } = await writeTexts(part, texts, options);
    await writeRecords(part, header, { parts, onProgress: options.onProgress });
    const sums = indexFiles.map((name) => [name, appendSums(path.join(part, name))]);
    const whole: Header = { ...header, files: Object.fromEntries(sums) as Header["files"] };
    writeFileSync(path.join(part, "index.json"), seal(whole));
  });
}

/** What changes with the content, so that the index is built anew. */
export function hashOfText({ content }: Text): string {
  return createHash("sha256").update(content, "utf16le").digest("hex");
}

/** Writes all but the records in order: these lie in `parts`, of which there are two to the power of `partBits`. */
async function writeTexts(folder: string, texts: Texts, options: BuildOptions) {
  const layout = recordLayout(layoutFor(options.minLength));
  const compare = comparison(options.comparison);
  const compared = new WrittenFile(path.join(folder, "compared"));
  const contents = new WrittenFile(path.join(folder, "content"));
  const places = new WrittenFile(path.join(folder, "places"));
  const parts = Array.from({ length: 2 ** partBits }, (_, index) => path.join(folder, `part-${index}`));
  const spread = new Spread(parts, layout);
  const codes = new Codes();
  const all: IndexedText[] = [];
  const total = Array.isArray(texts) ? lengthOf(texts as (Text | Part)[]) : undefined;
  let done = 0;
  try {
    for await (const text of texts) {
      const { title, author, source, weight, index, content } = text;
      const { content: characters, edits } = compare(content);
      const stored = compared.text(characters);
      all.push({
        ...{ title, author, source, weight, ...(index === undefined ? {} : { index }) },
        ...("start" in text ? { start: text.start, firstLine: text.firstLine } : {}),
        hash: hashOfText(text),
        firstBlock: spread.blocks,
        compared: stored,
        content:
          characters === content
            ? { ...stored, file: "compared" }
            : { ...contents.text(content), file: "content" },
        lines: places.numbers([lineStarts(content)]),
        edits: edits.map(({ starts, ends, originals }) => places.numbers([starts, ends, originals])),
      });
      for (const length of spread.add(characters, codes)) {
        const read = done + Math.round((length / characters.length) * content.length);
        options.onProgress?.({ label: "Index", done: read, total, unit: "characters" });
        await setImmediate();
      }
      done += content.length;
    }
    spread.flush();
  } finally {
    for (const file of [compared, contents, places, spread]) file.close();
  }
  const header: Omit<Header, "files"> = {
    format,
    minLength: options.minLength,
    comparison: options.comparison,
    alphabet: codes.alphabet,
    texts: all,
    blocks: spread.blocks,
    directoryBits: Math.max(partBits, Math.ceil(Math.log2(spread.blocks / crowd + 1))),
  };
  return { header, parts };
}

/** Puts the records of each part in order, and writes where those with the same upper bits begin. */
async function writeRecords(
  folder: string,
  { minLength, directoryBits }: Pick<Header, "minLength" | "directoryBits">,
  { parts, onProgress }: { readonly parts: readonly string[]; readonly onProgress?: OnProgress },
): Promise<void> {
  const { block, stride, size } = recordLayout(layoutFor(minLength));
  const starts = new Uint32Array(2 ** directoryBits + 1);
  const records = new WrittenFile(path.join(folder, "records"));
  const each = 2 ** (directoryBits - partBits);
  let written = 0;
  try {
    for (const [part, file] of parts.entries()) {
      const bytes = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
      const unordered = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
      const count = unordered.length / size;
      const buckets = new Int32Array(count);
      const ends = new Int32Array(each + 1);
      for (let index = 0; index < count; index++) {
        const hash = hashOf(unordered, index * size + 1 + (stride >>> 2), block >>> 2);
        buckets[index] = (hash >>> (32 - directoryBits)) - part * each;
        ends[buckets[index] + 1]++;
      }
      for (let bucket = 0; bucket < each; bucket++) {
        starts[part * each + bucket] = written + ends[bucket];
        ends[bucket + 1] += ends[bucket];
      }
      const ordered = new Int32Array(unordered.length);
      for (let index = 0; index < count; index++) {
        const to = ends[buckets[index]]++ * size;
        for (let number = 0; number < size; number++) ordered[to + number] = unordered[index * size + number];
      }
      records.write(bytesOf(ordered));
      written += count;
      rmSync(file, { force: true });
      onProgress?.({ label: "Index in order", done: part + 1, total: parts.length, unit: "parts" });
      await setImmediate();
    }
  } finally {
    records.close();
  }
  starts[starts.length - 1] = written;
  writeFileSync(path.join(folder, "directory"), bytesOf(starts));
}

function lengthOf(texts: readonly (Text | Part)[]): number {
  return texts.reduce((sum, { content }) => sum + content.length, 0);
}
