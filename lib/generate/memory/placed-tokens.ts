/** The tokens of a text with their places in it, so that networks of characters, of words and of their pieces can be compared. */
import { wordsOf } from "../../text/tokens/words";
import type { Vocabulary } from "../../text/tokens/vocabulary";

export interface PlacedTokens {
  readonly ids: Int32Array;
  /** Where each begins, in UTF-16 units, and behind them the length of the text: [tokens + 1]. */
  readonly starts: Int32Array;
}

/** @example placedTokens(characters, "a\u{1f600}b").starts // Int32Array [0, 1, 3, 4] */
export function placedTokens(vocabulary: Vocabulary, text: string): PlacedTokens {
  if (vocabulary.level === "words") return placedWords(vocabulary, text);
  const ids = vocabulary.encode(text);
  const starts = new Int32Array(ids.length + 1);
  vocabulary.cut(text, ids).forEach((piece, token) => (starts[token + 1] = starts[token] + piece.length));
  return { ids, starts };
}

function placedWords(vocabulary: Vocabulary, text: string): PlacedTokens {
  const ids: number[] = [];
  const starts = [0];
  for (const word of wordsOf(text)) {
    const end = starts[ids.length] + word.length;
    const ofWord = vocabulary.encode(word);
    // A word that is known without its space alone is that space and the word.
    if (ofWord.length === 2) starts.push(end - word.length + 1);
    starts.push(end);
    ids.push(...ofWord);
  }
  return { ids: Int32Array.from(ids), starts: Int32Array.from(starts) };
}
