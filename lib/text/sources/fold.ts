/** Text as one searches it: without case and accents. */

const LETTERS: Record<string, string> = { œ: "oe", æ: "ae", ø: "o", ł: "l", đ: "d", ß: "ss" };

/**
 * Text without case and accents.
 *
 * @example fold("Brontë, Œuvres") // "bronte, oeuvres"
 */
export function fold(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[œæøłđß]/g, (letter) => LETTERS[letter]);
}

/** The words of a text, folded; digits are words too. */
export function foldedWords(text: string): string[] {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}
