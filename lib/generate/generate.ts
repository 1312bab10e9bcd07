/** Writing: the network reads a prompt and goes on, token after token, its state carried along (`writer.ts`). */
import { setImmediate } from "node:timers/promises";
import type { Model } from "../network/model";
import { random } from "../text/random";
import type { Choice } from "./choose";
import { opening, Writer } from "./writer";

export interface Writing extends Omit<Choice, "temperature"> {
  /** What the network reads before it writes; may have characters that it does not know; a line break. */
  readonly prompt: string;
  /**
   * As `Choice` has it. A list gives each character the next of its temperatures, over and over: with [1, 0.2, 0.2, 0.2]
   * only every fourth comes as a surprise.
   */
  readonly temperature: number | readonly number[];
  /** Characters to write; 400. */
  readonly length: number;
  /** Ends the writing after the first of these; none. */
  readonly stop: readonly string[];
  /** The same seed writes the same text; 1. */
  readonly seed: number;
}

export const writingDefaults: Readonly<Writing> = {
  prompt: opening,
  length: 400,
  temperature: 0.8,
  topK: 0,
  topP: 1,
  stop: [],
  seed: 1,
};

/** Characters that are written between two chances for others to run: a fraction of a second on any backend. */
const chunkLength = 32;

/**
 * Writes piece by piece, without the prompt.
 *
 * @throws where an option is unknown or out of range
 * @example for await (const piece of generate(model, { prompt: "It is a truth ", temperature: 0.6 })) print(piece);
 */
export async function* generate(
  model: Model,
  options: Partial<Writing> = {},
): AsyncGenerator<string, void, void> {
  const { prompt, ...writing } = completeWriting(options);
  const writer = new Writer(model);
  try {
    writer.read(prompt);
    yield* goOn(writer, writing);
  } finally {
    writer.dispose();
  }
}

/**
 * Writes piece by piece from where a writer stands, which afterwards stands behind what was yielded, be it the end or
 * wherever the caller has broken off.
 *
 * @throws where an option is unknown or out of range
 * @example
 * writer.read("Who is there?\n");
 * for await (const piece of goOn(writer, { stop: ["\n"] })) print(piece);
 */
export async function* goOn(
  writer: Writer,
  options: Partial<Omit<Writing, "prompt">> = {},
): AsyncGenerator<string, void, void> {
  const { length, temperature, topK, topP, stop, seed } = completeWriting(options);
  const temperatures = [temperature].flat();
  const atOnce = temperatures.length === 1 ? chunkLength : 1;
  const draw = random(seed);
  let text = "";
  for (let written = 0; written < length; written += atOnce) {
    const draws = Array.from({ length: Math.min(atOnce, length - written) }, draw);
    const choice = { temperature: temperatures[written % temperatures.length], topK, topP };
    const piece = writer.write(draws, choice);
    const end = endOf(text + piece, text.length, stop);
    const kept = piece.slice(0, end - text.length);
    if (kept !== piece) writer.keep(kept);
    yield kept;
    if (end < Infinity) return;
    text += piece;
    await setImmediate();
  }
}

/** Writes all at once: what `generate` yields, joined. */
export async function write(model: Model, options: Partial<Writing> = {}): Promise<string> {
  let text = "";
  for await (const piece of generate(model, options)) text += piece;
  return text;
}

/** Where the text ends, after the first stop that is completed behind `from`; Infinity where none is. */
function endOf(text: string, from: number, stops: readonly string[]): number {
  const ends = stops.map((stop) => {
    const found = text.indexOf(stop, Math.max(0, from - stop.length + 1));
    return found < 0 ? Infinity : found + stop.length;
  });
  return Math.min(Infinity, ...ends);
}

/**
 * All options, with their defaults.
 *
 * @throws where one is unknown or out of range
 */
export function completeWriting(options: Partial<Writing>): Writing {
  for (const name of Object.keys(options)) {
    if (!(name in writingDefaults)) {
      throw new Error(`Unknown option \`${name}\`; there are ${Object.keys(writingDefaults).join(", ")}`);
    }
  }
  const writing = { ...writingDefaults, ...options };
  const { length, temperature, topK, topP } = writing;
  if (!(Number.isInteger(length) && length >= 0))
    throw new Error(`Expected \`length\` to be a whole number, got ${length}`);
  const temperatures = [temperature].flat();
  if (temperatures.length === 0) throw new Error("Expected at least one number in `temperature`, got none");
  for (const one of temperatures)
    if (!(one >= 0)) throw new Error(`Expected \`temperature\` >= 0, got ${one}`);
  if (!(Number.isInteger(topK) && topK >= 0))
    throw new Error(`Expected \`topK\` to be a whole number, got ${topK}`);
  if (!(topP > 0 && topP <= 1)) throw new Error(`Expected \`topP\` above 0 and at most 1, got ${topP}`);
  if (writing.stop.includes("")) throw new Error("Expected `stop` to hold texts that are not empty");
  return writing;
}
