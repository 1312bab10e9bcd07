/** What characters and words have in common as tokens. */

/** Stands for every token that a vocabulary lacks, and has the number 0. */
export const UNKNOWN = "\ufffd";

/** How the tokens of a text are found and numbered. */
export interface Tokens {
  count(text: string): number;
  /** Writes their numbers into `ids`, from `start` on, and returns where they end. */
  encodeInto(ids: Int32Array | Uint16Array, text: string, start: number): number;
}
