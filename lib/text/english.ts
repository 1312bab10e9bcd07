/** Whether a text is English, as its small words tell: for whoever has a network that knows English. */

/** Common in English, and in no other language as words of their own. */
const small = new Set(
  "the and of to that with was is for his her it you he she they not this which from are have had".split(" "),
);

/** Characters that are looked at: enough to tell, wherever they come from. */
const enough = 20_000;

/** @example isEnglish("It was the best of times, it was the worst of times") // true */
export function isEnglish(content: string): boolean {
  const words =
    content
      .slice(0, enough)
      .toLowerCase()
      .match(/\p{L}+/gu) ?? [];
  const known = words.filter((word) => small.has(word)).length;
  return words.length >= 20 && known / words.length > 0.15;
}
