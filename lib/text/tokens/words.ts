/**
 * Texts cut into words and punctuation, so that the pieces laid end to end are the text again: a piece has the single space
 * before it, every other white space is a piece of its own. Which pieces a network knows is in `vocabulary.ts`.
 */
import { segmented } from "./segmented";

/** Stretches without white space, each with the space before it, and each other white space, or mark, alone. */
// eslint-disable-next-line no-control-regex -- the mark is what is looked for
const stretches = / ?[^\s\u0003]+|[\s\u0003]/g;

/**
 * @example wordsOf("Well, it isn't.\n") // ["Well", ",", " it", " isn't", ".", "\n"]
 */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  eachStretch(text, (stretch) => {
    for (const word of wordsIn(stretch)) words.push(word);
  });
  return words;
}

/**
 * Calls `visit` with each stretch between two white spaces, which is what repeats in a text: cutting each of them once
 * spares most of the time.
 *
 * @example eachStretch("Well, it isn't.\n", visit) // "Well,", " it", " isn't.", "\n"
 */
export function eachStretch(text: string, visit: (stretch: string) => void): void {
  stretches.lastIndex = 0;
  for (let found = stretches.exec(text); found; found = stretches.exec(text)) visit(found[0]);
}

/** What needs no segmenter, which takes its time: plain letters, with nothing or signs of one piece each behind them. */
const plain = /^( ?[A-Za-z]+)([,.;:!?)"-]*)$/;

/** @example wordsIn(" isn't.") // [" isn't", "."] */
export function wordsIn(stretch: string): string[] {
  const [, letters, signs] = plain.exec(stretch) ?? [];
  if (letters) return [letters, ...signs];
  const gap = stretch.length > 1 && stretch.startsWith(" ") ? " " : "";
  const words = segmented(stretch.slice(gap.length));
  words[0] = gap + words[0];
  return words;
}
