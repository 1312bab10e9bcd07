/** Words as tokens: the most frequent ones, and how the words of a text are numbered. */
import { UNKNOWN, type Tokens } from "./tokens";
import { WordCount } from "./word-count";
import { eachStretch, wordsIn } from "./words";

/** The `most` most frequent words of some texts, the most frequent first; a space that stands alone is left out. */
export function frequentWords(texts: Iterable<string>, most: number): string[] {
  const count = new WordCount();
  for (const text of texts) count.add(text);
  return count.words.filter((word) => word !== " " && word !== UNKNOWN).slice(0, most);
}

/** Stretches whose numbers are kept. */
const mostKnown = 2 ** 18;

/** A word that is known only without a space before it is read as a space and that word. */
export function wordTokens(ids: ReadonlyMap<string, number>): Tokens {
  const idsOf = (word: string): number[] => {
    const id = ids.get(word);
    if (id !== undefined) return [id];
    const bare = word.startsWith(" ") ? ids.get(word.slice(1)) : undefined;
    return bare ? [ids.get(" ") as number, bare] : [0];
  };
  const known = new Map<string, readonly number[]>();
  const numbersOf = (stretch: string): readonly number[] => {
    let numbers = known.get(stretch);
    if (!numbers) {
      if (known.size >= mostKnown) known.clear();
      known.set(stretch, (numbers = wordsIn(stretch).flatMap(idsOf)));
    }
    return numbers;
  };
  return {
    count(text) {
      let count = 0;
      eachStretch(text, (stretch) => (count += numbersOf(stretch).length));
      return count;
    },
    encodeInto(numbers, text, start) {
      let end = start;
      eachStretch(text, (stretch) => {
        for (const number of numbersOf(stretch)) numbers[end++] = number;
      });
      return end;
    },
  };
}
