/** Tokens, which are characters, words or pieces of words, and the numbers by which a network knows them. */
import { echo } from "../../base/echo";
import type { OnProgress } from "../../base/progress";
import { OptionError } from "../../base/option-error";
import { charactersOf, characterTokens } from "./character-tokens";
import { subwordTokens } from "./subword-tokens";
import { frequentSubwords } from "./subwords";
import { UNKNOWN, type Tokens } from "./tokens";
import { WordCount } from "./word-count";
import { frequentWords, wordTokens } from "./word-tokens";

/** Stands before and after each short text; END OF TEXT, a control character and so in no text: see `normalise`. */
export const MARK = "\u0003";

/** What a token can be. */
export const levels = ["characters", "subwords", "words"] as const;

export type Level = (typeof levels)[number];

export interface VocabularyOptions {
  /**
   * What a token is: a Unicode code point; a word or a piece of punctuation with the space before it; or a piece of such a word
   * that comes often, down to its characters (default: "characters").
   */
  readonly level?: Level;
  /** How many pieces of words are known at most, beside all characters, the most frequent ones (default: 1000). */
  readonly maxSubwords?: number;
  /** How many words are known at most, the most frequent ones (default: 10000). */
  readonly maxWords?: number;
  /** Whether the texts are short ones, between marks (default: false). */
  readonly marked?: boolean;
}

/** A vocabulary as JSON: its tokens in the order of their numbers, which begin with 1. */
export type SavedVocabulary =
  | { readonly characters: string }
  | { readonly subwords: readonly string[] }
  | { readonly words: readonly string[] };

/** How many are known at most where nobody says so. */
const usual = { maxSubwords: 1000, maxWords: 10_000 };

/** A name for each of the vocabularies of some texts: "subwords-500". */
export function nameOfVocabulary({ level = "characters", maxSubwords, maxWords }: VocabularyOptions): string {
  if (level === "characters") return level;
  return `${level}-${level === "words" ? (maxWords ?? usual.maxWords) : (maxSubwords ?? usual.maxSubwords)}`;
}

/** How the tokens of each level are found in a text. */
const tokensOf: Record<Level, (ids: ReadonlyMap<string, number>) => Tokens> = {
  characters: characterTokens,
  subwords: subwordTokens,
  words: wordTokens,
};

export class Vocabulary {
  private readonly ids: ReadonlyMap<string, number>;
  private readonly found: Tokens;

  /** @param tokens none twice, the first of them `UNKNOWN` */
  private constructor(
    readonly level: Level,
    readonly tokens: readonly string[],
  ) {
    this.ids = new Map(tokens.map((token, id) => [token, id]));
    this.found = tokensOf[level](this.ids);
  }

  /**
   * The vocabulary of some texts: all their characters in the order of their code points, these and the most frequent pieces of
   * their words, or their most frequent words, those that come first in the order of code units where they are equally
   * frequent. A space is always among the words.
   *
   * @throws where an option is out of range
   * @example Vocabulary.of(["abba"]).tokens // ["\ufffd", "a", "b"]
   * @example Vocabulary.of(["a rose is a rose"], { level: "words", maxWords: 2 }).tokens // ["\ufffd", " ", " rose", " a"]
   */
  static of(texts: Iterable<string>, options: VocabularyOptions = {}): Vocabulary {
    const { level = "characters" } = options;
    const all = [...texts];
    const count = new WordCount();
    if (level !== "characters") for (const text of all) count.add(text);
    return Vocabulary.ofCount(count, all, options);
  }

  /**
   * The same for whoever has counted the words.
   *
   * @param texts these or others with the same characters
   */
  static ofCount(
    count: WordCount,
    texts: readonly string[],
    options: VocabularyOptions & { readonly onProgress?: OnProgress },
  ): Vocabulary {
    const { level = "characters", marked = false, onProgress } = options;
    const { maxSubwords = usual.maxSubwords, maxWords = usual.maxWords } = options;
    for (const [name, most] of Object.entries({ maxSubwords, maxWords }))
      if (!(Number.isInteger(most) && most > 0))
        throw new OptionError(name, "to be a whole number > 0", most);
    const found = {
      characters: () => charactersOf(texts),
      subwords: () => [...charactersOf(texts), ...frequentSubwords(count.counts, maxSubwords, onProgress)],
      words: () => [" ", ...frequentWords(count, maxWords)],
    }[level]();
    const reserved = marked ? [UNKNOWN, MARK] : [UNKNOWN];
    return new Vocabulary(level, [...reserved, ...found.filter((token) => !reserved.includes(token))]);
  }

  /** How many tokens it knows, the unknown one counted. */
  get size(): number {
    return this.tokens.length;
  }

  /** The number of the mark, where texts stand between marks. */
  get mark(): number | undefined {
    return this.ids.get(MARK);
  }

  /** The number of a token, 0 where it is unknown. */
  id(token: string): number {
    return this.ids.get(token) ?? 0;
  }

  /** How many tokens a text has. */
  count(text: string): number {
    return this.found.count(text);
  }

  /**
   * The numbers of a text, one for each token.
   *
   * @example Vocabulary.of(["abba"]).encode("abc") // Int32Array [1, 2, 0]
   */
  encode(text: string): Int32Array {
    const ids = new Int32Array(this.count(text));
    this.encodeInto(ids, text);
    return ids;
  }

  /**
   * Writes the numbers of a text into `ids`, from `start` on.
   *
   * @returns where they end
   */
  encodeInto(ids: Int32Array | Uint16Array, text: string, start = 0): number {
    return this.found.encodeInto(ids, text, start);
  }

  /**
   * The text of some numbers. An unknown word has a space before it, unless a white space or nothing stands there.
   *
   * @throws at a number that is no token's
   */
  decode(ids: ArrayLike<number>): string {
    const tokens = new Array<string>(ids.length);
    for (let i = 0; i < ids.length; i++) {
      const token = this.tokens[ids[i]];
      if (token === undefined) {
        throw new Error(`Expected ids from 0 to ${this.size - 1}, got ${ids[i]} at position ${i}`);
      }
      const needsSpace = ids[i] === 0 && this.level === "words" && i > 0 && /\S$/.test(tokens[i - 1]);
      tokens[i] = needsSpace ? ` ${token}` : token;
    }
    return tokens.join("");
  }

  /**
   * A text cut into its characters, or into the pieces of words that have a number each, as it stands there, be they known or
   * not; end to end they are the text. Not for words, of which an unknown one is not told apart from its space.
   *
   * @param ids those of the text
   */
  cut(text: string, ids: ArrayLike<number> = this.encode(text)): string[] {
    let at = 0;
    return Array.from(ids, (id) => {
      const piece = id === 0 ? String.fromCodePoint(text.codePointAt(at) as number) : this.tokens[id];
      at += piece.length;
      return piece;
    });
  }

  equals(other: Vocabulary): boolean {
    return (
      this.level === other.level &&
      this.size === other.size &&
      this.tokens.every((token, id) => token === other.tokens[id])
    );
  }

  /**
   * The tokens of another vocabulary that this one needs for its texts and does not know. Pieces of words are not needed: a text
   * can be put together of others.
   */
  lacks(other: Vocabulary): string[] {
    const { onlyThere } = this.difference(other);
    return this.level === "subwords" ? onlyThere.filter((token) => [...token].length === 1) : onlyThere;
  }

  /** The tokens that only one of two vocabularies knows. */
  difference(other: Vocabulary): { onlyHere: string[]; onlyThere: string[] } {
    return {
      onlyHere: this.tokens.filter((token) => !other.ids.has(token)),
      onlyThere: other.tokens.filter((token) => !this.ids.has(token)),
    };
  }

  /**
   * This vocabulary and behind it, with numbers that follow, the tokens that only another one knows, of pieces of words the
   * characters alone; its mark too.
   *
   * @throws where the other one is of another level
   */
  extendedBy(other: Vocabulary): Vocabulary {
    if (this.level !== other.level) {
      throw new Error(
        `Expected a vocabulary of ${this.level} to extend one of ${this.level}, got ${other.level}`,
      );
    }
    const lacking = this.lacks(other);
    return lacking.length ? new Vocabulary(this.level, [...this.tokens, ...lacking]) : this;
  }

  toJSON(): SavedVocabulary {
    const known = this.tokens.slice(1);
    if (this.level === "characters") return { characters: known.join("") };
    return this.level === "words" ? { words: known } : { subwords: known };
  }

  static fromJSON(json: SavedVocabulary): Vocabulary {
    const saved = (json ?? {}) as { [Name in Level]?: unknown };
    const level = levels.find((name) =>
      name === "characters" ? typeof saved[name] === "string" : Array.isArray(saved[name]),
    );
    if (level === undefined) {
      throw new Error(
        `Expected a vocabulary as { "characters": "…" }, { "subwords": ["…"] } or { "words": ["…"] }, got ${echo(json)}`,
      );
    }
    const tokens = [UNKNOWN, ...(saved[level] as Iterable<string>)];
    const odd = tokens.findIndex((token) => typeof token !== "string" || token === "");
    if (odd >= 0) {
      throw new Error(
        `Expected ${level} of a vocabulary that are texts of a character or more, got ${echo(tokens[odd])}`,
      );
    }
    if (new Set(tokens).size !== tokens.length) {
      throw new Error(`Expected each of the ${level} of a vocabulary once, got some twice`);
    }
    return new Vocabulary(level, tokens);
  }
}
