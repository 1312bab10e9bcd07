/**
 * An index of texts on disk, with which passages are found without reading the texts: for libraries of hundreds of
 * megabytes. Neither it nor its texts are held in memory.
 */
import { existsSync } from "node:fs";
import path from "node:path";
import { OptionError } from "../../base/option-error";
import { BrokenFile, unseal } from "../../base/files/checksum";
import { readOwn } from "../../base/files/read-safely";
import type { OnProgress } from "../../base/progress";
import type { Part, Text } from "../../text/text";
import { shortestWindow } from "../blocks";
import { comparison, type ComparisonOptions } from "../comparison/comparison";
import type { Edits } from "../comparison/edits";
import { buildIndex, hashOfText, type Texts } from "./index-build";
import {
  checkHeader,
  indexFiles,
  remedyOf,
  type Header,
  type IndexedText,
  type IndexFile,
  type Stored,
} from "./index-format";
import { IndexRecords } from "./index-records";
import { openAll, Paged } from "./paged";
import { passagesOf } from "../passages";
import { placer } from "../places";
import { checked, passagesFrom, trace, type Trace, type TraceOptions } from "../trace";

export interface TraceIndexOptions extends ComparisonOptions {
  /** The shortest passages that can be found, 20; at least 7. */
  readonly minLength?: number;
  readonly onProgress?: OnProgress;
}

/**
 * Finds what `trace` finds in the same texts, with the same options.
 *
 * On disk it takes about five bytes a character beside the texts themselves, in memory a sixtieth of a byte and what a
 * query needs. Where sample and texts repeat themselves over and over it reads all texts, one after the other.
 *
 * @example
 * const index = await TraceIndex.open("data/indexes/mine", library.texts, { minLength: 20 });
 * showOverlay(index.trace(sample));
 * index.close();
 */
export class TraceIndex {
  readonly minLength: number;
  readonly comparison: Required<ComparisonOptions>;
  /** The texts. Their `content` is read from disk each time it is asked for, also after `close`. */
  readonly texts: readonly (Text | Part)[];
  private readonly records: IndexRecords;
  private readonly files: Record<IndexFile, Paged>;

  private constructor(
    readonly folder: string,
    private readonly header: Header,
  ) {
    this.minLength = header.minLength;
    this.comparison = header.comparison;
    this.texts = header.texts.map((text) => lazyText(folder, header, text));
    this.files = openAll(folder, header);
    try {
      this.records = new IndexRecords(this.files, header);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /**
   * Opens the index in a folder. If there is none, or one of other texts or with other options, it is built, beside
   * the folder, and then put in its place; also where it is broken, as far as that is seen before it is used.
   *
   * @param texts one after the other, so that they need not all be in memory; they are read twice where an index is
   *   there and must be built anew, so a generator is given as the function that makes it. Without texts the index is
   *   opened as it is, with its own options.
   * @throws where `minLength` is not a whole number of at least 7, and without texts where there is no index that is whole
   */
  static async open(
    folder: string,
    texts?: Texts | (() => Texts),
    { minLength = 20, onProgress, ...options }: TraceIndexOptions = {},
  ): Promise<TraceIndex> {
    if (!texts) return new TraceIndex(folder, readHeader(folder));
    if (!Number.isInteger(minLength) || minLength < shortestWindow) {
      throw new OptionError(
        "minLength",
        `of an index to be a whole number of at least ${shortestWindow}`,
        minLength,
        "; `trace` finds shorter passages",
      );
    }
    const { ignoreCase = false, collapseWhitespace = false, foldQuotes = false } = options;
    const wanted = { minLength, comparison: { ignoreCase, collapseWhitespace, foldQuotes } };
    const read = () => (typeof texts === "function" ? texts() : texts);
    const there = TraceIndex.openWhole(folder);
    if (there && (await isOf(there.header, wanted, read))) return there;
    there?.close();
    await buildIndex(path.resolve(folder), read(), { ...wanted, onProgress });
    // Again where another process has just put its own in the place.
    return TraceIndex.openWhole(folder) ?? new TraceIndex(folder, readHeader(folder));
  }

  /** The index in a folder; undefined where there is none that is whole. */
  private static openWhole(folder: string): TraceIndex | undefined {
    if (!existsSync(headerFile(folder))) return undefined;
    try {
      return new TraceIndex(folder, readHeader(folder));
    } catch (error) {
      if (error instanceof BrokenFile) return undefined;
      throw error;
    }
  }

  /**
   * The passages of a sample, compared as the index was built.
   *
   * @throws where `minLength`, by default that of the index, is smaller than that; and where a file of the index is found
   *   to be damaged
   */
  trace(sample: string, options: Pick<TraceOptions, "minLength" | "maxOccurrences"> = {}): Trace {
    const { minLength, maxOccurrences } = checked({
      ...options,
      minLength: options.minLength ?? this.minLength,
    });
    if (minLength < this.minLength) {
      throw new OptionError(
        "minLength",
        `>= ${this.minLength}, with which the index was built`,
        minLength,
        "; open it with the smaller one",
      );
    }
    const compared = comparison(this.comparison)(sample);
    const matches = this.records.matches(compared.content, minLength);
    if (!matches) return trace(sample, this.texts, { minLength, maxOccurrences, ...this.comparison });
    const places = this.texts.map((text, index) => placer(index, text, this.placing(index)));
    const stretches = passagesOf(compared.content.length, matches, { maxOccurrences });
    const passages = passagesFrom(stretches, compared, { minLength, places });
    return { sample, minLength, texts: this.texts, passages };
  }

  /**
   * The characters of a text from one offset up to another, both in the whole text as those of occurrences are; without
   * reading the rest as `texts[text].content` does.
   */
  contentAt(text: number, from: number, to: number): string {
    const { content, start = 0 } = this.header.texts[text];
    const [first, last] = [from - start, to - start].map((at) => Math.min(Math.max(at, 0), content.length));
    return this.files[content.file].text(content, first, Math.max(first, last));
  }

  /** Closes the files. */
  close(): void {
    for (const name of indexFiles) this.files[name].close();
  }

  private placing(index: number) {
    const { lines, edits } = this.header.texts[index];
    return {
      lines: () => this.files.places.numbers(lines),
      edits: () => edits.map((stored) => this.editsAt(stored)),
    };
  }

  private editsAt(stored: Stored): Edits {
    const numbers = this.files.places.numbers(stored);
    const count = numbers.length / 3;
    const [starts, ends, originals] = [0, 1, 2].map((part) =>
      numbers.subarray(part * count, (part + 1) * count),
    );
    return { starts, ends, originals };
  }
}

function headerFile(folder: string): string {
  return path.join(folder, "index.json");
}

/** Bytes of a header: of a million texts. */
const mostOfHeader = 2 ** 29;

/** @throws where there is no index, or its header is not as it was written */
function readHeader(folder: string): Header {
  const file = headerFile(folder);
  if (!existsSync(file))
    throw new Error(`Expected an index in ${folder}, found none; give the texts and it is built`);
  const remedy = remedyOf(folder);
  const header = unseal(readOwn(file, remedy, { most: mostOfHeader }), file, remedy) as Header;
  checkHeader(header, file);
  return header;
}

/** Whether an index is of some texts and was built with some options. */
async function isOf(
  header: Header,
  wanted: Pick<Header, "minLength" | "comparison">,
  read: () => Texts,
): Promise<boolean> {
  const { minLength, comparison } = header;
  if (JSON.stringify({ minLength, comparison }) !== JSON.stringify(wanted)) return false;
  let index = 0;
  for await (const text of read()) {
    const indexed = header.texts[index++];
    if (!indexed || hashOfText(text) !== indexed.hash) return false;
    const { start, firstLine } = "start" in text ? text : { start: undefined, firstLine: undefined };
    const { title, author, source, weight, index: number } = text;
    const known = [
      indexed.title,
      indexed.author,
      indexed.source,
      indexed.weight,
      indexed.index,
      indexed.start,
      indexed.firstLine,
    ];
    const given = [title, author, source, weight, number, start, firstLine];
    if (given.some((value, which) => value !== known[which])) return false;
  }
  return index === header.texts.length;
}

/** A text whose content is read when it is asked for. */
function lazyText(folder: string, header: Header, text: IndexedText): Text | Part {
  const { title, author, source, weight, index, content, start, firstLine } = text;
  const slice = (from: number, to: number) => {
    const paged = new Paged(folder, content.file, header);
    try {
      const last = Math.min(to, content.length);
      return paged.text(content, Math.min(from, last), last);
    } finally {
      paged.close();
    }
  };
  return {
    ...{ title, author, source, weight, ...(index === undefined ? {} : { index }) },
    ...(start === undefined ? {} : { start, firstLine }),
    get content() {
      return slice(0, content.length);
    },
    slice,
  };
}
