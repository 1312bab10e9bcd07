/** A letter in words: how sure the network was of it, from whom it is copied, and what nearly stood there. */
import type { Letter } from "../messages";
import { chance, surprise } from "./numbers";

/** Where a letter stands. */
export interface Place {
  /** From whom it is copied: "Melville"; absent where it is not. */
  readonly copiedFrom?: string;
  /** Whether the sample ends with it. */
  readonly isLast: boolean;
}

/**
 * For the eye, beside the letter.
 *
 * @example besideLetter(letter, place) // "93 % sure of it: no surprise. Copied from you"
 */
export function besideLetter({ probability }: Letter, place: Place): string {
  return [`${chance(probability)} sure of it: ${surprise(probability)}`, ...inWords(place)].join(". ");
}

/**
 * For the ear.
 *
 * @example letterInWords(letter, place) // "e, 93 % sure. Copied from you. Nearly: a 4 %, o 1 %"
 */
export function letterInWords({ text, probability, likeliest }: Letter, place: Place): string {
  const others = likeliest.filter((one) => one.token !== text);
  const nearly = others.map((one) => `${spoken(one.token)} ${chance(one.probability)}`).join(", ");
  return [`${spoken(text)}, ${chance(probability)} sure`, ...inWords(place), `Nearly: ${nearly}`].join(". ");
}

function inWords({ copiedFrom, isLast }: Place): string[] {
  const copied = copiedFrom === undefined ? [] : [`Copied from ${copiedFrom}`];
  return isLast ? [...copied, "The sample ends here"] : copied;
}

function spoken(letter: string): string {
  return letter === " " ? "space" : letter === "\n" ? "end of line" : letter;
}
