/** Words as tokens: the most frequent ones, and how the words of a text are numbered. */
import { stretchTokens } from "./stretch-tokens";
import { UNKNOWN, type Tokens } from "./tokens";
import type { WordCount } from "./word-count";
import { wordsIn } from "./words";

/** The `most` most frequent words, the most frequent first; a space that stands alone is left out. */
export function frequentWords(count: WordCount, most: number): string[] {
  return count.words.filter((word) => word !== " " && word !== UNKNOWN).slice(0, most);
}

/** A word that is known only without a space before it is read as a space and that word. */
export function wordTokens(ids: ReadonlyMap<string, number>): Tokens {
  const idsOf = (word: string): number[] => {
    const id = ids.get(word);
    if (id !== undefined) return [id];
    const bare = word.startsWith(" ") ? ids.get(word.slice(1)) : undefined;
    return bare ? [ids.get(" ") as number, bare] : [0];
  };
  return stretchTokens((stretch) => wordsIn(stretch).flatMap(idsOf));
}
