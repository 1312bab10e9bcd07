/** A library: the texts a network learns from, with what is held out of each, as one long line of characters. */
import type { BookOptions } from "./gutenberg/download";
import { lineStarts, rankOf } from "./lines";
import { cut } from "./parts";
import { readSource, type Source } from "./sources";
import type { Part, Text } from "./text";
import { together } from "./together";
import { Vocabulary } from "./vocabulary";

export interface LibraryOptions {
  /** The share held out at the end of each text, 0.05 by default; 0 holds out nothing. */
  readonly validation?: number;
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
  readonly training: readonly Part[];
  /** What is held out; a text too short to be cut has no part in it. */
  readonly validation: readonly Part[];
  /** The UTF-16 units of all texts. */
  readonly length: number;
  /** Where each text begins among them. */
  private readonly starts: readonly number[];
  private readonly lines: number[][] = [];
  private characters: Vocabulary | undefined;

  /**
   * @param notices what the reader should know of the texts, as that a licence could not be taken off
   * @throws where there is no text, and where one is empty
   */
  constructor(
    readonly texts: readonly Text[],
    { validation = 0.05 }: LibraryOptions = {},
    readonly notices: readonly string[] = [],
  ) {
    if (texts.length === 0) throw new Error("Expected a library of at least one text, got none");
    for (const { title, content } of texts) {
      if (content === "") throw new Error(`Expected words in "${title}", got an empty text`);
    }
    const parts = texts.map((text) => cut(text, validation));
    this.training = parts.map(({ training }) => training);
    this.validation = parts.flatMap((part) => part.validation ?? []);
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
      throw new Error(`Expected a list of sources, got ${JSON.stringify(sources)}`);
    }
    const { validation, onProgress } = options;
    const unreachable = new Set<string>();
    let done = 0;
    const tasks = sources.map((source) => async () => {
      const texts = await readSource(source, { unreachable, ...options });
      onProgress?.({ label: "Library", done: ++done, total: sources.length, unit: "sources" });
      return texts;
    });
    const read = (await together(tasks)).flat();
    const texts = read.map(({ title, author, source, content, weight }): Text => {
      return { title, author, source, content, weight };
    });
    return new TextLibrary(
      texts,
      { validation },
      read.flatMap(({ notice }) => notice ?? []),
    );
  }

  /** The characters of all texts. */
  get vocabulary(): Vocabulary {
    return (this.characters ??= Vocabulary.of(this.texts.map(({ content }) => content)));
  }

  /** The place of an offset into all texts, laid end to end. */
  locate(offset: number): Place {
    if (!(offset >= 0 && offset < this.length)) {
      throw new Error(`Expected \`offset\` from 0 to ${this.length - 1}, got ${offset}`);
    }
    const index = rankOf(this.starts, offset) - 1;
    const text = this.texts[index];
    const within = offset - this.starts[index];
    const lines = (this.lines[index] ??= lineStarts(text.content));
    const line = rankOf(lines, within);
    return { text, index, offset: within, line, column: within - lines[line - 1] + 1 };
  }

  statistics(): TextStatistics[] {
    return this.texts.map((text, index) => {
      const { title, author, source, content, weight } = text;
      const { length: characters } = this.vocabulary.encode(content);
      const { length: trainingCharacters } = this.vocabulary.encode(this.training[index].content);
      return {
        title,
        author,
        source,
        characters,
        words: content.match(/\S+/g)?.length ?? 0,
        lines: lineStarts(content).length - (content.endsWith("\n") ? 1 : 0),
        distinctCharacters: Vocabulary.of([content]).size - 1,
        weight,
        trainingCharacters,
        validationCharacters: characters - trainingCharacters,
      };
    });
  }
}
