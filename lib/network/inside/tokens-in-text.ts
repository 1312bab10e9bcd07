/**
 * The pieces of a text that have a number each: characters or pieces of words as they stand there, or words as the
 * network knows them.
 */
import type { Vocabulary } from "../../text/tokens/vocabulary";

export function tokensOf(vocabulary: Vocabulary, text: string, ids: ArrayLike<number>): string[] {
  const { level, tokens } = vocabulary;
  return level === "words" ? Array.from(ids, (id) => tokens[id]) : vocabulary.cut(text, ids);
}
