/** Text of made-up words, always the same, in which chance repeats nothing long. */
import { random } from "../../lib/base/random";

/** @param characters about how many */
export function madeUp(characters: number, seed = 1): string {
  const draw = random(seed);
  const words: string[] = [];
  for (let length = 0; length < characters;) {
    const word = Array.from(
      { length: 2 + Math.floor(8 * draw()) },
      () => "etaoinshrdlu"[Math.floor(12 * draw())],
    );
    words.push(word.join(""));
    length += word.length + 1;
  }
  return words.join(" ");
}
