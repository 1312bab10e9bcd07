/** A library that is read from disk while a network learns from it, so that texts may be larger than memory. */
import { createHash } from "node:crypto";
import path from "node:path";
import { SummedFile } from "../../base/files/block-sums";
import type { Library, TextStatistics } from "../library";
import { rememberHeldOut } from "../held-out";
import { placeOfCut } from "../place-of-cut";
import { nameOf } from "../sources/sources";
import type { Part, Text } from "../text";
import { nameOfVocabulary, Vocabulary, type VocabularyOptions } from "../tokens/vocabulary";
import { type FileState, type Prepared, remedyOf } from "./format";
import { readPrepared } from "./prepared";
import { describe, filesOf, stateOf, withoutLeftOut, type Group, type StreamedSource } from "./given-files";
import { IdsOnDisk } from "./ids-on-disk";
import { prepare, type PrepareOptions } from "./prepare";
import { Alphabet, TextOnDisk } from "./text-on-disk";
import { countWords, writtenWords, writeWords, type Words } from "./words-on-disk";

export interface StreamedLibraryOptions extends PrepareOptions {
  /** The share held out at the end of each text (default: 0.05; 0 holds out nothing). */
  readonly validation?: number;
  /** Folder that keeps prepared texts (default: "data/streams"). */
  readonly cache?: string;
}

/** A stretch of a text, from one UTF-16 unit of it up to another. */
interface Stretch {
  readonly index: number;
  readonly from: number;
  readonly to: number;
  readonly heldOut: boolean;
}

/**
 * The same texts as those of a `TextLibrary` of the same files, and so the same batches and the same training; but nothing of
 * them stays in memory.
 *
 * Opened for the first time it reads all files once, packed ones too (.gz, .zst), and writes their characters to disk, two
 * bytes for each; afterwards it is open at once, as long as the files have their sizes and times. Words are counted and
 * written when a training asks for them.
 *
 * `content` of its texts and parts is read from disk each time it is asked for. That suits `TraceIndex.open`, which reads them
 * one after the other; `trace`, and `watch` without an index, read all of them anew for every sample.
 *
 * @example
 * const library = await StreamedLibrary.open(["corpus", "more.txt.zst"]);
 * const training = await Training.start(library, { neurons: 256, layers: 2 });
 * await watch(train(training), await TraceIndex.open("data/indexes/corpus", library.training));
 */
export class StreamedLibrary implements Library {
  readonly texts: readonly Text[];
  readonly training: readonly Part[];
  /** What is held out; a text too short to be cut has no part in it. */
  readonly validation: readonly Part[];
  /** The UTF-16 units of all texts. */
  readonly length: number;
  /** What the reader should know of the texts. */
  readonly notices: readonly string[];
  private readonly contents: readonly TextOnDisk[];
  /** The parts, in the order of their texts. */
  private readonly stretches: readonly Stretch[];
  private readonly codes: SummedFile;
  /** The ids of characters by their codes. */
  private readonly tables = new Map<Vocabulary, Int32Array>();
  private readonly words = new Map<Vocabulary, Words & { readonly from: SummedFile }>();
  private readonly vocabularies = new Map<string, Vocabulary>();

  private constructor(
    /** Where the prepared texts are. */
    readonly folder: string,
    private readonly prepared: Prepared,
    groups: readonly Group[],
    private readonly options: StreamedLibraryOptions,
  ) {
    const { validation = 0.05 } = options;
    const given = groups.flatMap(({ files }) => files);
    this.codes = new SummedFile(path.join(folder, "codes"), prepared.codes, remedyOf(folder));
    const from = { width: prepared.width, codes: this.codes, alphabet: new Alphabet(prepared) };
    this.contents = prepared.texts.map((text) => new TextOnDisk(text, from));
    const described = given.map((each, index) => describe(each, prepared.texts[index]));
    this.stretches = this.contents.flatMap(({ length }, index) => {
      const cut = given[index].heldOut ? 0 : placeOfCut(this.contents[index], validation);
      const parts = [
        { index, from: 0, to: cut, heldOut: false },
        { index, from: cut, to: length, heldOut: true },
      ];
      const isWhole = cut <= 0 || cut >= length;
      return isWhole ? [{ ...parts[0], to: length, heldOut: given[index].heldOut === true }] : parts;
    });
    const parts = this.stretches.map((stretch) => this.part(described[stretch.index], stretch));
    this.training = parts.filter((_, index) => !this.stretches[index].heldOut);
    this.validation = parts.filter((_, index) => this.stretches[index].heldOut);
    this.texts = described.map((text, index) => {
      const { length } = this.contents[index];
      return this.part(text, { index, from: 0, to: length, heldOut: false });
    });
    for (const known of [this.texts, this.training]) rememberHeldOut(known, this);
    this.length = this.contents.reduce((sum, { length }) => sum + length, 0);
    const noticesOf = given.map(({ file }, index) => {
      const { title, notices } = prepared.texts[index];
      return notices.map((notice) => `${title || nameOf(file)}: ${notice}`);
    });
    let first = 0;
    this.notices = groups.flatMap(({ files, leftOut }) => [
      ...(leftOut?.notices() ?? []),
      ...noticesOf.slice(first, (first += files.length)).flat(),
    ]);
  }

  /**
   * Opens files. Those that were not prepared before, or have changed since, are read first.
   *
   * @throws where a file is missing, broken, empty or binary, and what the signal was aborted with
   */
  static async open(
    sources: readonly StreamedSource[],
    options: StreamedLibraryOptions = {},
  ): Promise<StreamedLibrary> {
    const groups = await Promise.all(sources.map(filesOf));
    if (groups.length === 0) throw new Error("Expected a library of at least one text, got none");
    const files: FileState[] = [];
    for (const { files: given, leftOut } of groups)
      for (const { file, encoding } of given)
        files.push(await stateOf(file, encoding, leftOut !== undefined));
    const hash = createHash("sha256").update(files.map(({ file }) => file).join("\n"));
    const name = `texts-${hash.digest("hex").slice(0, 16)}`;
    const folder = path.resolve(options.cache ?? path.join("data", "streams"), name);
    if (!readPrepared(folder, files)) await prepare(folder, files, options);
    const prepared = readPrepared(folder, files);
    if (!prepared)
      throw new Error(`Expected the prepared texts in ${folder}, found others: something else wrote there`);
    const texts = prepared.texts.filter(({ leftOut }) => leftOut === undefined);
    return new StreamedLibrary(folder, { ...prepared, texts }, withoutLeftOut(groups, prepared), options);
  }

  /**
   * The characters of all texts, their words, or pieces of these. Words are counted when they are asked for, and the count is
   * kept.
   *
   * @throws where `maxWords` or `maxSubwords` is not a whole number above 0
   */
  async vocabularyOf(options: Omit<VocabularyOptions, "marked"> = {}): Promise<Vocabulary> {
    const key = nameOfVocabulary(options);
    const known = this.vocabularies.get(key);
    if (known) return known;
    const { characters } = this.prepared;
    const { level = "characters", maxSubwords, maxWords } = options;
    const vocabulary =
      level === "characters"
        ? Vocabulary.of([characters])
        : await countWords(this.folder, this.contents, {
            ...{ level, characters, maxSubwords, maxWords },
            ...this.options,
          });
    this.vocabularies.set(key, vocabulary);
    return vocabulary;
  }

  /** Makes ready what is read with a vocabulary: nothing for characters, a file of numbers for words and pieces of them. */
  async prepare(vocabulary: Vocabulary): Promise<void> {
    if (vocabulary.level === "characters" || this.words.has(vocabulary)) return;
    const stretches = this.stretches.map(({ index, ...stretch }) => ({
      text: this.contents[index],
      ...stretch,
    }));
    const words =
      writtenWords(this.folder, stretches, vocabulary) ??
      (await writeWords(this.folder, stretches, { vocabulary, ...this.options }));
    this.words.set(vocabulary, {
      ...words,
      from: new SummedFile(words.file, words.sums, remedyOf(this.folder)),
    });
  }

  statistics(): TextStatistics[] {
    return this.texts.map(({ title, author, source, weight }, index) => {
      const { length, words, lines, distinctCharacters } = this.prepared.texts[index];
      const held = this.stretches.find((stretch) => stretch.index === index && stretch.heldOut);
      const trainingCharacters = held ? this.contents[index].charactersBefore(held.from) : length;
      return {
        ...{ title, author, source, characters: length, words, lines, distinctCharacters, weight },
        trainingCharacters,
        validationCharacters: length - trainingCharacters,
      };
    });
  }

  /** Closes the files; what was prepared stays for the next time. */
  close(): void {
    for (const file of [this.codes, ...Array.from(this.words.values(), ({ from }) => from)]) file.close();
  }

  private part(text: Omit<Text, "content">, stretch: Stretch): Part {
    const content = this.contents[stretch.index];
    const { from, to } = stretch;
    const { sha256 } = content.text;
    const stored = {
      length: to - from,
      sha256,
      ids: (vocabulary: Vocabulary) => this.ids(stretch, vocabulary),
    };
    const firstLine = content.lineFeedsBefore(from) + 1;
    return {
      ...text,
      ...{ stored, index: stretch.index, start: from, firstLine },
      get content() {
        return content.slice(from, to);
      },
      slice: (first: number, last: number) =>
        content.slice(Math.min(from + first, to), Math.min(from + last, to)),
    };
  }

  private ids(stretch: Stretch, vocabulary: Vocabulary): IdsOnDisk {
    const { width } = this.prepared;
    if (vocabulary.level === "characters") {
      const content = this.contents[stretch.index];
      const [first, last] = [stretch.from, stretch.to].map((place) => content.charactersBefore(place));
      const place = { width, at: content.text.at + first, length: last - first };
      return new IdsOnDisk(this.codes, place, this.tableOf(vocabulary));
    }
    const words = this.words.get(vocabulary);
    const index = this.stretches.indexOf(stretch);
    if (!words || index < 0)
      throw new Error("Expected words that were made ready: call `await library.prepare(vocabulary)` before");
    const at = words.lengths.slice(0, index).reduce((sum, length) => sum + length, 0);
    return new IdsOnDisk(words.from, { width: words.width, at, length: words.lengths[index] });
  }

  private tableOf(vocabulary: Vocabulary): Int32Array {
    let table = this.tables.get(vocabulary);
    if (!table) {
      table = Int32Array.from(Array.from(this.prepared.characters), (character) => vocabulary.id(character));
      this.tables.set(vocabulary, table);
    }
    return table;
  }
}
