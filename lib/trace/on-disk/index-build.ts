/** Writes an index. The records are spread over parts by the upper bits of their hashes, and then put in order part by part. */
import { createHash } from "node:crypto";
import { closeSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from "node:fs";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import { appendSums } from "../../base/files/block-sums";
import { seal } from "../../base/files/checksum";
import { lineStarts } from "../../base/lines";
import type { OnProgress } from "../../base/progress";
import type { Part, Text } from "../../text/text";
import { writeWholeFolder } from "../../base/files/atomic-write";
import { hashOf, layoutFor } from "../blocks";
import { comparison, type ComparisonOptions } from "../comparison/comparison";
import {
  edgeCode,
  encodeUnits,
  format,
  indexFiles,
  otherCode,
  recordLayout,
  type Header,
  type IndexedText,
  type RecordLayout,
  type Stored,
} from "./index-format";

/** Texts one after the other, so that not all need be in memory at once. */
export type Texts = Iterable<Text | Part> | AsyncIterable<Text | Part>;

export interface BuildOptions {
  readonly minLength: number;
  readonly comparison: Required<ComparisonOptions>;
  readonly onProgress?: OnProgress;
}

const partBits = 7;

/** Numbers that are gathered for a part before they are written. */
const gathered = 2 ** 13;

/** Blocks whose characters are read in one go. */
const chunk = 2 ** 16;

/** About as many records share the upper bits of the directory. */
const crowd = 32;

/** Writes the index of some texts beside `folder` and puts it there once it is whole. */
export async function buildIndex(folder: string, texts: Texts, options: BuildOptions): Promise<void> {
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

/** A file that is written from its beginning to its end. */
class Written {
  private readonly descriptor: number;
  private length = 0;

  constructor(file: string) {
    this.descriptor = openSync(file, "w");
  }

  /** @returns where in the file the bytes begin */
  write(bytes: Uint8Array): number {
    for (let done = 0; done < bytes.length;) done += writeSync(this.descriptor, bytes, done);
    return (this.length += bytes.length) - bytes.length;
  }

  text(content: string): Stored {
    const { bytes, width } = encodeUnits(content);
    return { at: this.write(bytes), length: content.length, width };
  }

  /** Lists of numbers, one behind another. */
  numbers(lists: readonly ArrayLike<number>[]): Stored {
    let at: number | undefined;
    for (const values of lists) {
      const begin = this.write(bytesOf(Uint32Array.from(values)));
      at ??= begin;
    }
    return { at: at ?? 0, length: lists.reduce((sum, { length }) => sum + length, 0), width: 4 };
  }

  close(): void {
    closeSync(this.descriptor);
  }
}

/** Writes all but the records in order: these lie in `parts`, of which there are two to the power of `partBits`. */
async function writeTexts(folder: string, texts: Texts, options: BuildOptions) {
  const layout = recordLayout(layoutFor(options.minLength));
  const compare = comparison(options.comparison);
  const compared = new Written(path.join(folder, "compared"));
  const contents = new Written(path.join(folder, "content"));
  const places = new Written(path.join(folder, "places"));
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

/** Codes of one byte for the UTF-16 units that are met first. */
class Codes {
  readonly alphabet: number[] = [];
  private readonly codes = new Uint8Array(0x10000);

  of(unit: number): number {
    if (this.codes[unit] === 0) {
      this.codes[unit] = this.alphabet.length + 1 < otherCode ? this.alphabet.push(unit) : otherCode;
    }
    return this.codes[unit];
  }
}

/** Makes the records of texts and spreads them over files by the upper bits of the hashes of their blocks. */
class Spread {
  blocks = 0;
  private readonly files: readonly Written[];
  private readonly waiting: readonly Int32Array[];
  private readonly filled: Int32Array;
  private readonly words: Int32Array;

  constructor(
    files: readonly string[],
    private readonly layout: RecordLayout,
  ) {
    this.files = files.map((file) => new Written(file));
    const room = Math.max(1, Math.floor(gathered / layout.size)) * layout.size;
    this.waiting = files.map(() => new Int32Array(room));
    this.filled = new Int32Array(files.length);
    this.words = new Int32Array((chunk * layout.stride + layout.codes) / 4);
  }

  /** Adds the blocks of a text. Says now and then how many characters have been read. */
  *add(text: string, codes: Codes): Generator<number> {
    const { layout, words } = this;
    const { block, stride } = layout;
    const bytes = new Uint8Array(words.buffer);
    const count = Math.max(0, Math.floor((text.length - block) / stride) + 1);
    for (let first = 0; first < count; first += chunk) {
      const start = (first - 1) * stride; // A record begins before its block.
      for (let index = 0; index < bytes.length; index++) {
        const at = start + index;
        bytes[index] = at >= 0 && at < text.length ? codes.of(text.charCodeAt(at)) : edgeCode;
      }
      const some = Math.min(chunk, count - first);
      for (let index = 0; index < some; index++) this.record((index * stride) >>> 2);
      yield first + some === count ? text.length : (first + some) * stride;
    }
  }

  /** @param at where in `words` the record begins */
  private record(at: number): void {
    const { words, filled, layout } = this;
    const { stride, block, size } = layout;
    const part = hashOf(words, at + (stride >>> 2), block >>> 2) >>> (32 - partBits);
    const waiting = this.waiting[part];
    let to = filled[part];
    waiting[to++] = this.blocks++;
    for (let index = 0; index < size - 1; index++) waiting[to++] = words[at + index];
    filled[part] = to;
    if (to === waiting.length) this.write(part);
  }

  private write(part: number): void {
    this.files[part].write(bytesOf(this.waiting[part].subarray(0, this.filled[part])));
    this.filled[part] = 0;
  }

  flush(): void {
    for (let part = 0; part < this.files.length; part++) this.write(part);
  }

  close(): void {
    for (const file of this.files) file.close();
  }
}

/** Puts the records of each part in order, and writes where those with the same upper bits begin. */
async function writeRecords(
  folder: string,
  { minLength, directoryBits }: Pick<Header, "minLength" | "directoryBits">,
  { parts, onProgress }: { readonly parts: readonly string[]; readonly onProgress?: OnProgress },
): Promise<void> {
  const { block, stride, size } = recordLayout(layoutFor(minLength));
  const starts = new Uint32Array(2 ** directoryBits + 1);
  const records = new Written(path.join(folder, "records"));
  const each = 2 ** (directoryBits - partBits);
  let written = 0;
  try {
    for (const [part, file] of parts.entries()) {
      const bytes = readFileSync(file);
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
      rmSync(file);
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

function bytesOf(numbers: Int32Array | Uint32Array): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}
