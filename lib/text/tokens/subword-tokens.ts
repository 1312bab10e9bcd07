/** Pieces of words as tokens: how the words of a text are put together of those that a vocabulary knows. */
import { charactersOfWord, merge } from "./subwords";
import { stretchTokens } from "./stretch-tokens";
import type { Tokens } from "./tokens";
import { wordsIn } from "./words";

/**
 * A word is its characters at first; of the neighbours that are a piece together, those with the lowest number become one,
 * until there are none. No text is lost: a character that is unknown is so by itself, and has the number 0.
 *
 * @param ids the numbers of the characters and of the pieces, these in the order in which `frequentSubwords` finds them
 */
export function subwordTokens(ids: ReadonlyMap<string, number>): Tokens {
  const idsOf = (word: string) =>
    charactersOfWord(word).flatMap((characters) =>
      piecesOf(characters, ids).map((piece) => ids.get(piece) ?? 0),
    );
  return stretchTokens((stretch) => wordsIn(stretch).flatMap(idsOf));
}

function piecesOf(pieces: string[], ids: ReadonlyMap<string, number>): string[] {
  for (;;) {
    let [lowest, next] = [Infinity, ""];
    for (let at = 0; at + 1 < pieces.length; at++) {
      const both = pieces[at] + pieces[at + 1];
      const id = ids.get(both) ?? Infinity;
      if (id < lowest) [lowest, next] = [id, both];
    }
    if (lowest === Infinity) return pieces;
    pieces = merge(pieces, next);
  }
}
