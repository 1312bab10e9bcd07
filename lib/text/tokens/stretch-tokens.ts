/** Numbers of what stands between white spaces, which repeats in a text: each is found once. */
import type { Tokens } from "./tokens";
import { eachStretch } from "./words";

/** Stretches whose numbers are kept. */
const mostKnown = 2 ** 18;

/** @param find the numbers of a stretch: see `eachStretch` */
export function stretchTokens(find: (stretch: string) => readonly number[]): Tokens {
  const known = new Map<string, readonly number[]>();
  const numbersOf = (stretch: string): readonly number[] => {
    let numbers = known.get(stretch);
    if (!numbers) {
      if (known.size >= mostKnown) known.clear();
      known.set(stretch, (numbers = find(stretch)));
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
