/** Where sentences end, by the Unicode rules that `Intl.Segmenter` knows, and three that they lack. */

/**
 * Where the sentence of some number ends: where the one after it begins. A line break alone ends none, as in books with
 * lines of equal length; nor does what a small letter follows (`"No!" she said.`), nor a short word with a capital, like
 * "Mr." or "St.".
 *
 * @param text not yet at its end, perhaps: what follows a full stop tells whether it was one
 * @returns undefined where the sentence has not ended, or nothing follows it
 * @example sentenceEnd("It rained. Mr. Bennet went out. He", 2) // 32: where "He" begins
 */
export function sentenceEnd(text: string, count: number): number | undefined {
  const flowing = text.replace(/(?<!\n)\n(?!\n)/g, " ");
  let ended = 0;
  let sentence = "";
  for (const { segment, index } of segmenter.segment(flowing)) {
    if (isSentence(sentence) && !/^\s*\p{Ll}/u.test(segment)) {
      ended++;
      sentence = "";
      if (ended === count) return index;
    }
    sentence += segment;
  }
  return undefined;
}

const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });

/** Whether there are words, and more at the end than a title. */
function isSentence(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text) && !/(?:^|[^\p{L}])\p{Lu}\p{Ll}{0,2}\.\s*$/u.test(text);
}
