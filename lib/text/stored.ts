/** Texts that lie on disk, as those see them who read their numbers. How they come there is in `stream/`. */
import type { Vocabulary } from "./tokens/vocabulary";

/** One number for each token of a part; a typed array is one in memory. */
export interface Ids {
  readonly length: number;
  /** Those from `start` up to, but not including, `end`. */
  subarray(start: number, end: number): ArrayLike<number>;
  /** The same, read in the background while something else is computed; absent in memory. */
  read?(start: number, end: number): Promise<ArrayLike<number>>;
}

/** What is known of a text, or a part of one, without reading its content. */
export interface Stored {
  /** UTF-16 units. */
  readonly length: number;
  /** SHA-256 of the whole text in UTF-8. */
  readonly sha256: string;
  /**
   * Its tokens, read from disk as they are asked for.
   *
   * @throws where it is words and they were not prepared: see `StreamedLibrary.prepare`
   */
  ids(vocabulary: Vocabulary): Ids;
}
