/** Settings that follow the size of the texts where nobody has set them: small texts are learned by heart with the defaults. */
import type { Library } from "../../text/library";
import type { Params } from "../params";

/** Characters from which on the defaults are right. */
const large = 400_000;

/** Characters below which a text fills hardly a window, and nothing is changed. */
export const least = 130;

/** Whether a text is one whose size decides what is not told. */
export function isSmall(characters: number): boolean {
  return characters >= least && characters < large;
}

/** How many a token has, more or less. */
const charactersOf = { characters: 1, subwords: 3, words: 5 };

/** The parameters that follow the size of the texts. */
export const sizedNames = [
  "steps",
  "batchSize",
  "iterations",
  "dropout",
] as const satisfies readonly (keyof Params)[];

type Sized = Pick<Params, (typeof sizedNames)[number]>;

/**
 * Windows and batches of which an epoch has ten or more, dropout against learning by heart, and an end before that happens.
 * Measured: docs/log.md, "Small texts".
 *
 * @param characters that are learned from; of words five are counted as one, of their pieces three
 * @returns those of `sizedNames` that `given` does not have; nothing for large texts
 * @example sizedParams(5000, { steps: 40 }) // { batchSize: 16, iterations: 300, dropout: 0.5 }
 */
export function sizedParams(characters: number, given: Partial<Params> = {}): Partial<Sized> {
  if (!isSmall(characters)) return {};
  const tokens = characters / charactersOf[given.level ?? "characters"];
  const steps = given.steps ?? (tokens >= 20_000 ? 64 : tokens >= 1000 ? 32 : 16);
  const sized: Sized = {
    steps,
    batchSize: powerOf2(tokens / (10 * steps), 4, tokens >= 100_000 ? 64 : 32),
    iterations: tokens >= 100_000 ? 1500 : tokens >= 20_000 ? 800 : tokens >= 1000 ? 300 : 150,
    dropout: tokens >= 100_000 ? 0.2 : tokens >= 20_000 ? 0.3 : 0.5,
  };
  return Object.fromEntries(Object.entries(sized).filter(([name]) => !Object.hasOwn(given, name)));
}

/** What is learned from, in UTF-16 units. */
export function trainingSize({ training }: Pick<Library, "training">): number {
  return training.reduce((sum, { stored, content }) => sum + (stored ?? content).length, 0);
}

/** @example sizeInWords(5000, { batchSize: 16, dropout: 0.5 }) */
export function sizeInWords(characters: number, sized: Partial<Sized>): string {
  const names = Object.entries(sized).map(([name, value]) => `${name} ${value}`);
  return (
    `${characters.toLocaleString("en")} characters are a small text, so it is learned with ` +
    `${listed(names)}, unless told otherwise.`
  );
}

/** The share of small texts that is held out, so that there is enough to measure on. */
export function heldOutShare(characters: number): number {
  return Math.min(0.2, Math.max(0.05, 3000 / characters));
}

function listed(names: readonly string[]): string {
  return names.length < 2
    ? names.join("")
    : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;
}

function powerOf2(value: number, lowest: number, highest: number): number {
  return Math.min(highest, Math.max(lowest, 2 ** Math.round(Math.log2(value))));
}
