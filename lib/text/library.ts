/** A library: the texts a network learns from, with what is held out of each, as one long line of characters. */
import { echo } from "../base/echo";
import { OptionError } from "../base/option-error";
import type { BookOptions } from "./sources/gutenberg/download";
import { lineStarts, rankOf } from "../base/lines";
import { rememberHeldOut } from "./held-out";
import { partsOf, type Parts } from "./parts";
import { shortTexts } from "./tables/short-texts";
import { readSource, type Source } from "./sources/sources";
import type { Part, Text } from "./text";
import { together } from "./sources/run-all";
import { MARK, nameOfVocabulary, Vocabulary, type VocabularyOptions } from "./tokens/vocabulary";

export interface LibraryOptions {
  /** The share held out at the end of each text, and of the short texts, whole ones (default: 0.05; 0 holds out nothing). */
  readonly validation?: number;
  /** Draws which of the short texts are held out (default: 1). */
  readonly seed?: number;
}

/**
 * What a training asks of its texts. A `TextLibrary` holds them in memory; a `StreamedLibrary`, see `stream/`, reads them from
 * disk, which takes time.
 */
export interface Library extends Pick<
  TextLibrary,
  "texts" | "training" | "validation" | "length" | "notices" | "statistics"
> {
  vocabularyOf(options?: Omit<VocabularyOptions, "marked">): Vocabulary | Promise<Vocabulary>;
  /** Makes ready what is read with a vocabulary; absent where nothing needs to be. */
  prepare?(vocabulary: Vocabulary): Promise<void>;
}

/** A place in a library. */
export interface Place {
  readonly text: Text;
  /** The number of the text in `texts`. */
  readonly index: number;
  /** Where in the text, in UTF-16 units. */
  readonly offset: number;
  /** Both from 1; a column is a UTF-16 unit. */
  readonly line: number;
  readonly column: number;
}

export interface TextStatistics {
  readonly title: string;
  readonly author: string;
  readonly source: string;
  /** Unicode code points. */
  readonly characters: number;
  /** Pieces between white space. */
  readonly words: number;
  readonly lines: number;
  readonly distinctCharacters: number;
  readonly weight: number;
  readonly trainingCharacters: number;
  readonly validationCharacters: number;
}

export class TextLibrary {
  readonly texts: readonly Text[];
  readonly training: readonly Part[];
  /** What is held out; a text too short to be cut has no part in it. */
  readonly validation: readonly Part[];
  /** The UTF-16 units of all texts. */
  readonly length: number;
  /** Where each text begins among them. */
  private readonly starts: readonly number[];
  private readonly lines: number[][] = [];
  /** Of each text. */
  private readonly parts: readonly Parts[];
  private readonly vocabularies = new Map<string, Vocabulary>();

  /**
   * @param notices what the reader should know of the texts, as that a licence could not be taken off
   * @throws where there is no text, and where one is empty or holds a mark
   */
  constructor(
    texts: readonly Text[],
    { validation = 0.05, seed = 1 }: LibraryOptions = {},
    readonly notices: readonly string[] = [],
  ) {
    if (texts.length === 0) throw new Error("Expected a library of at least one text, got none");
    for (const { title, content } of texts) {
      if (content === "") throw new Error(`Expected words in "${title}", got an empty text`);
      if (content.includes(MARK)) {
        throw new Error(`Expected words alone in "${title}", found the control character U+0003 among them`);
      }
    }
    this.texts = [...texts];
    this.parts = partsOf(texts, { share: validation, seed });
    this.training = this.parts.flatMap(({ training }) => training ?? []);
    this.validation = this.parts.flatMap((part) => part.validation ?? []);
    for (const known of [this.texts, this.training]) rememberHeldOut(known, this);
    let length = 0;
    this.starts = texts.map(({ content }) => (length += content.length) - content.length);
    this.length = length;
  }

  /**
   * Reads a library from its sources, several at once; what must be downloaded is kept in `cache`.
   *
   * @throws UnreachableError where all that failed was the connection
   * @example await TextLibrary.open([1342, 158].map((gutenberg) => ({ gutenberg })))
   * @example await TextLibrary.open([{ corpus: "moby-dick" }, "data/poems", "notes.txt"], { validation: 0.1 })
   */
  static async open(
    sources: readonly Source[],
    options: LibraryOptions & BookOptions = {},
  ): Promise<TextLibrary> {
    if (!Array.isArray(sources)) {
      throw new Error(`Expected a list of sources, got ${echo(sources)}`);
    }
    const { onProgress } = options;
    const unreachable = new Set<string>();
    let done = 0;
    const tasks = sources.map((source: Source) => async () => {
      const texts = await readSource(source, { unreachable, ...options });
      onProgress?.({ label: "Library", done: ++done, total: sources.length, unit: "sources" });
      return texts;
    });
    return ofRead((await together(tasks)).flat(), options);
  }

  /**
   * A library of short texts, each of which a network reads, and writes, from its first character to its last.
   *
   * @throws where none has words
   * @example TextLibrary.ofTexts(["An old silent pond", "A frog jumps into the pond"], { title: "Haiku" })
   */
  static ofTexts(texts: readonly string[], options: LibraryOptions & { title?: string } = {}): TextLibrary {
    const named = { title: options.title ?? "Texts", source: "string" };
    const given = texts.map((content) => ({ content }));
    return ofRead(shortTexts({ texts: given, notices: [] }, named), options);
  }

  /** The characters of all texts. */
  get vocabulary(): Vocabulary {
    return this.vocabularyOf();
  }

  /**
   * The characters of all texts, their words, or pieces of these.
   *
   * @example library.vocabularyOf({ level: "words", maxWords: 5000 }).size // 5002
   */
  vocabularyOf(options: Omit<VocabularyOptions, "marked"> = {}): Vocabulary {
    const key = nameOfVocabulary(options);
    let vocabulary = this.vocabularies.get(key);
    if (!vocabulary) {
      const marked = this.texts.some(({ short }) => short);
      const contents = this.texts.map(({ content }) => content);
      vocabulary = Vocabulary.of(contents, { ...options, marked });
      this.vocabularies.set(key, vocabulary);
    }
    return vocabulary;
  }

  /** The place of an offset into all texts, laid end to end. */
  locate(offset: number): Place {
    if (!(offset >= 0 && offset < this.length)) {
      throw new OptionError("offset", `from 0 to ${this.length - 1}`, offset);
    }
    const index = rankOf(this.starts, offset) - 1;
    const text = this.texts[index];
    const within = offset - this.starts[index];
    const lines = (this.lines[index] ??= lineStarts(text.content));
    const line = rankOf(lines, within);
    return { text, index, offset: within, line, column: within - lines[line - 1] + 1 };
  }

  statistics(): TextStatistics[] {
    return this.texts.map(({ title, author, source, content, weight }, index) => {
      const { training, validation } = this.parts[index];
      const trainingCharacters = this.vocabulary.count(training?.content ?? "");
      const validationCharacters = this.vocabulary.count(validation?.content ?? "");
      return {
        title,
        author,
        source,
        characters: trainingCharacters + validationCharacters,
        words: timesOf(/\S+/g, content),
        lines: timesOf(/\n/g, content) + (content.endsWith("\n") ? 0 : 1),
        distinctCharacters: distinctIn(content),
        weight,
        trainingCharacters,
        validationCharacters,
      };
    });
  }
}

function ofRead(
  read: readonly (Text & { readonly notices?: readonly string[] })[],
  options: LibraryOptions,
): TextLibrary {
  const notices = read.flatMap(({ notices }) => notices ?? []);
  const texts = read.map((text): Text => {
    const { notices, ...rest } = text;
    return notices === undefined ? text : rest;
  });
  return new TextLibrary(texts, options, notices);
}

function timesOf(pattern: RegExp, content: string): number {
  const matches = content.matchAll(pattern);
  let times = 0;
  while (!matches.next().done) times++;
  return times;
}

/** How many different characters a text has. */
function distinctIn(content: string): number {
  const seen = new Set<number>();
  for (let i = 0; i < content.length; i++) {
    const codePoint = content.codePointAt(i) as number;
    if (codePoint > 0xffff) i++;
    seen.add(codePoint);
  }
  return seen.size;
}
