/** What reads bytes of a known encoding, piece by piece; `decoder.ts` has one for each encoding. */
export interface CharacterDecoder {
  /**
   * The characters of the next bytes, and at the end, without bytes, what is left. What cannot be read is U+FFFD.
   */
  read(chunk?: Uint8Array): string;
  /** The places of what could not be read in what `read` gave last, in UTF-16 units. */
  readonly bad: readonly number[];
}
