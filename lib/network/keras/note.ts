/** What goes along with the layers of an exported network, in JSON: what Keras has no place for. */
import { Vocabulary, type SavedVocabulary } from "../../text/tokens/vocabulary";
import type { Model } from "../model";
import type { Params } from "../params";

/** The vocabulary, whose tokens are the ids that the network reads, and the params with which it was trained. */
export interface Note {
  readonly format: 1;
  readonly vocabulary: SavedVocabulary;
  readonly params: Params;
}

export function noteOf({ vocabulary, params }: Model): Note {
  return { format: 1, vocabulary: vocabulary.toJSON(), params };
}

/** @throws where it was written by another palimpsest */
export function readNote(note: Note): { vocabulary: Vocabulary; params: Params } {
  if (note.format !== 1)
    throw new Error(
      `Expected a vocabulary of format 1, got ${note.format}: it was written by another palimpsest`,
    );
  return { vocabulary: Vocabulary.fromJSON(note.vocabulary), params: note.params };
}
