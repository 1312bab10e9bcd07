/** A library as it would be without one of its texts. */
import type { Library } from "./library";

/**
 * The library but for the training part of one text. Nothing is cut anew, and its vocabulary is that of all texts, so
 * that networks which learn from the one and from the other know the same tokens, and their losses can be compared.
 *
 * @param text the number of its part in `library.training`
 * @example withoutText(library, 3).training // those of the first three novels
 */
export function withoutText(library: Library, text: number): Library {
  const left = library.training[text];
  const without = {
    ...{ texts: library.texts, validation: library.validation, notices: library.notices },
    training: library.training.filter((part) => part !== left),
    length: library.length - (left.stored ?? left.content).length,
    statistics: () => library.statistics().filter(({ title }) => title !== left.title),
    vocabularyOf: (options?: Parameters<Library["vocabularyOf"]>[0]) => library.vocabularyOf(options),
  };
  if (!library.prepare) return without;
  return { ...without, prepare: (vocabulary) => library.prepare!(vocabulary) };
}
