/** Tokens, which are characters or words, and the numbers by which a network knows them. */
import { echo } from "../../base/echo";
import { OptionError } from "../../base/option-error";
import { charactersOf, characterTokens } from "./character-tokens";
import { UNKNOWN, type Tokens } from "./tokens";
import { frequentWords, wordTokens } from "./word-tokens";

/** Stands before and after each short text; END OF TEXT, a control character and so in no text: see `normalise`. */
export const MARK = "\u0003";

export interface VocabularyOptions {
  /** What a token is: a Unicode code point, or a word or a piece of punctuation with the space before it (default: "characters"). */
  readonly level?: "characters" | "words";
  /** How many words are known at most, the most frequent ones (default: 10000). */
  readonly maxWords?: number;
  /** Whether the texts are short ones, between marks (default: false). */
  readonly marked?: boolean;
}

/** A vocabulary as JSON: its tokens in the order of their numbers, which begin with 1. */
export type SavedVocabulary = { readonly characters: string } | { readonly words: readonly string[] };

export class Vocabulary {
  private readonly ids: ReadonlyMap<string, number>;
  private readonly found: Tokens;

  /** @param tokens none twice, the first of them `UNKNOWN` */
  private constructor(
    readonly level: "characters" | "words",
    readonly tokens: readonly string[],
  ) {
    this.ids = new Map(tokens.map((token, id) => [token, id]));
    this.found = level === "words" ? wordTokens(this.ids) : characterTokens(this.ids);
  }

  /**
   * The vocabulary of some texts: all their characters in the order of their code points, or their most frequent words,
   * those that come first in the order of code units where they are equally frequent. A space is always among the words.
   *
   * @throws where an option is out of range
   * @example Vocabulary.of(["abba"]).tokens // ["\ufffd", "a", "b"]
   * @example Vocabulary.of(["a rose is a rose"], { level: "words", maxWords: 2 }).tokens // ["\ufffd", " ", " rose", " a"]
   */
  static of(texts: Iterable<string>, options: VocabularyOptions = {}): Vocabulary {
    const { level = "characters", maxWords = 10_000, marked = false } = options;
    if (!(Number.isInteger(maxWords) && maxWords > 0))
      throw new OptionError("maxWords", "to be a whole number > 0", maxWords);
    const found = level === "words" ? [" ", ...frequentWords(texts, maxWords)] : charactersOf(texts);
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

  equals(other: Vocabulary): boolean {
    return (
      this.level === other.level &&
      this.size === other.size &&
      this.tokens.every((token, id) => token === other.tokens[id])
    );
  }

  /** The tokens that only one of two vocabularies knows. */
  difference(other: Vocabulary): { onlyHere: string[]; onlyThere: string[] } {
    return {
      onlyHere: this.tokens.filter((token) => !other.ids.has(token)),
      onlyThere: other.tokens.filter((token) => !this.ids.has(token)),
    };
  }

  /**
   * This vocabulary and behind it, with numbers that follow, the tokens that only another one knows; its mark too.
   *
   * @throws where the other one is of another level
   */
  extendedBy(other: Vocabulary): Vocabulary {
    if (this.level !== other.level) {
      throw new Error(
        `Expected a vocabulary of ${this.level} to extend one of ${this.level}, got ${other.level}`,
      );
    }
    const { onlyThere } = this.difference(other);
    return onlyThere.length ? new Vocabulary(this.level, [...this.tokens, ...onlyThere]) : this;
  }

  toJSON(): SavedVocabulary {
    const known = this.tokens.slice(1);
    return this.level === "words" ? { words: known } : { characters: known.join("") };
  }

  static fromJSON(json: SavedVocabulary): Vocabulary {
    const { characters, words } = (json ?? {}) as { characters?: unknown; words?: unknown };
    const level = Array.isArray(words) ? "words" : "characters";
    if (level === "characters" && typeof characters !== "string") {
      throw new Error(
        `Expected a vocabulary as { "characters": "…" } or { "words": ["…"] }, got ${echo(json)}`,
      );
    }
    const tokens = [UNKNOWN, ...((words ?? characters) as Iterable<string>)];
    if (new Set(tokens).size !== tokens.length) {
      throw new Error(`Expected each of the ${level} of a vocabulary once, got some twice`);
    }
    return new Vocabulary(level, tokens);
  }
}
