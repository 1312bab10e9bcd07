/** What goes along with the layers of an exported network, in JSON: what Keras has no place for. */
import { crc32, digits } from "../../base/files/checksum";
import { Vocabulary, type SavedVocabulary } from "../../text/tokens/vocabulary";
import type { Model } from "../model";
import type { NetworkParams } from "../params";

/** The vocabulary, whose tokens are the ids that the network reads, and the params with which it was trained. */
export interface Note {
  readonly format: 1;
  readonly vocabulary: SavedVocabulary;
  readonly params: NetworkParams;
  /** Of all that stands before it, as JSON; absent where an older palimpsest wrote it. */
  readonly crc32?: string;
}

export function noteOf({ vocabulary, params }: Model): Note {
  const note: Note = { format: 1, vocabulary: vocabulary.toJSON(), params };
  return { ...note, crc32: sumOf(note) };
}

/** @throws where it was written by a different version of palimpsest, or is not as it was written */
export function readNote({ crc32: sum, ...note }: Note): { vocabulary: Vocabulary; params: NetworkParams } {
  if (sum !== undefined && sum !== sumOf(note))
    throw new Error("the checksum of its vocabulary and params does not fit: some of them are damaged");
  if (note.format !== 1)
    throw new Error(
      `Expected a vocabulary of format 1, got ${note.format}: it was written by a different version of palimpsest`,
    );
  return { vocabulary: Vocabulary.fromJSON(note.vocabulary), params: note.params };
}

/** Of the values: the JSON around them may be laid out anew. */
function sumOf(note: Note): string {
  return digits(crc32(Buffer.from(JSON.stringify(note))));
}
