/**
 * What a network knows by heart: it is given the beginning of a passage and asked to go on (Carlini et al. 2023, "Quantifying
 * memorization across neural language models"). Which passages it writes of its own accord, `lib/trace` finds.
 */
import { checkWhole } from "../base/option-error";
import type { Model } from "../network/model";
import type { OnProgress } from "../base/progress";
import { random } from "../base/random";
import type { Part, Text } from "../text/text";
import { write } from "./generate";

export interface ExtractionOptions {
  /** Characters of a passage that the network reads (default: 50). */
  readonly promptLength?: number;
  /** How many passages are tried (default: 100). */
  readonly prompts?: number;
  /** Characters that it is to go on (default: 100). */
  readonly length?: number;
  /** 0, always the likeliest character, unless given. */
  readonly temperature?: number;
  /** Which passages are drawn (default: 1). */
  readonly seed?: number;
  readonly onProgress?: OnProgress;
}

/** A passage that was begun for the network. Lengths are in code points, the places in UTF-16 units. */
export interface Attempt {
  /** The text's number among those that were given. */
  readonly text: number;
  /** Where the prompt begins in `texts[text].content`. */
  readonly start: number;
  readonly prompt: string;
  /** What the network wrote. */
  readonly continuation: string;
  /** What stands in the text. */
  readonly original: string;
  /** How many characters of the two are the same before the first that differs, at most `length`. */
  readonly verbatim: number;
}

export interface Extraction {
  /** Of the lengths that the network went on word for word. */
  readonly median: number;
  readonly mean: number;
  readonly longest: number;
  /** The share of passages that it went on for at least so many characters; a share of 0 where `length` is shorter. */
  readonly atLeast20: number;
  readonly atLeast50: number;
  /** In the order of the texts. */
  readonly attempts: readonly Attempt[];
}

/**
 * Draws passages evenly from the texts, lets the network read the first `promptLength` characters of each, from a state of
 * zero, and counts how far it goes on as the text does. A network goes on right for some characters with text that it has never
 * read, so the measure says something beside the same one of held-out text.
 *
 * @throws where an option is out of range, and where no text is as long as a passage
 * @example (await extraction(model, library.training)).median // 61
 * @example (await extraction(model, library.validation)).median // 2
 */
export async function extraction(
  model: Model,
  texts: readonly (Text | Part)[],
  {
    promptLength = 50,
    prompts = 100,
    length = 100,
    temperature = 0,
    seed = 1,
    onProgress,
  }: ExtractionOptions = {},
): Promise<Extraction> {
  checkWhole({ promptLength, prompts, length }, 1);
  const attempts: Attempt[] = [];
  for (const passage of passages(texts, { promptLength, prompts, length, seed })) {
    const { prompt, original } = passage;
    const continuation = await write(model, { prompt, length, temperature, seed: seed + attempts.length });
    attempts.push({ ...passage, continuation, verbatim: commonLength(original, continuation) });
    onProgress?.({ label: "Extraction", done: attempts.length, total: prompts, unit: "passages" });
  }
  const lengths = attempts.map(({ verbatim }) => verbatim).sort((one, other) => one - other);
  const atLeast = (least: number) => lengths.filter((one) => one >= least).length / prompts;
  return {
    median: (lengths[(prompts - 1) >> 1] + lengths[prompts >> 1]) / 2,
    mean: lengths.reduce((sum, one) => sum + one, 0) / prompts,
    longest: lengths[prompts - 1],
    atLeast20: atLeast(20),
    atLeast50: atLeast(50),
    attempts,
  };
}

type Passage = Pick<Attempt, "text" | "start" | "prompt" | "original">;

/** Lays the texts end to end, divides that line evenly, and draws a passage that begins in each piece of it. */
function passages(
  texts: readonly (Text | Part)[],
  {
    promptLength,
    prompts,
    length,
    seed,
  }: Required<Pick<ExtractionOptions, "promptLength" | "prompts" | "length" | "seed">>,
): Passage[] {
  const whole = promptLength + length;
  const points = texts.map(({ content }) => Array.from(content));
  const room = points.map((characters) => Math.max(0, characters.length - whole + 1));
  const line = room.reduce((sum, one) => sum + one, 0);
  if (line === 0) {
    throw new Error(
      `Expected a text of at least ${whole} characters (\`promptLength\` + \`length\`); lower these`,
    );
  }
  const draw = random(seed);
  return Array.from({ length: prompts }, (_, index) => {
    let place = Math.floor(((index + draw()) / prompts) * line);
    let text = 0;
    while (place >= room[text]) place -= room[text++];
    const piece = (from: number, to: number) => points[text].slice(from, to).join("");
    return {
      text,
      start: piece(0, place).length,
      prompt: piece(place, place + promptLength),
      original: piece(place + promptLength, place + whole),
    };
  });
}

/** @example commonLength("the cat", "the dog") // 4 */
function commonLength(one: string, other: string): number {
  const [here, there] = [Array.from(one), Array.from(other)];
  let length = 0;
  while (length < here.length && here[length] === there[length]) length++;
  return length;
}
