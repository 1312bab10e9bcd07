/** Writing: the network reads a prompt and goes on, token after token, its state carried along (`writer.ts`). */
import { setImmediate } from "node:timers/promises";
import { checkWhole, OptionError } from "../base/option-error";
import { checkNames } from "../base/known-names";
import type { Model } from "../network/model";
import { random } from "../base/random";
import { MARK } from "../text/tokens/vocabulary";
import type { Choice } from "./choose";
import { Writer } from "./writer";

export interface Writing extends Omit<Choice, "temperature"> {
  /**
   * What the network reads before it writes, whole words where it writes words; with nothing it begins after a line break,
   * or a short text after a mark. What it does not know of the prompt it reads as unknown, but something it has to know;
   * "".
   */
  readonly prompt: string;
  /**
   * As `Choice` has it. A list gives each token the next of its temperatures, over and over: with [1, 0.2, 0.2, 0.2]
   * only every fourth comes as a surprise.
   */
  readonly temperature: number | readonly number[];
  /**
   * Characters to write at most (default: 400). The last word is whole where the network writes words, and a short text ends
   * earlier, where it writes its mark.
   */
  readonly length: number;
  /** Ends the writing after the first of these; none. */
  readonly stop: readonly string[];
  /** The same seed writes the same text (default: 1). */
  readonly seed: number;
  /**
   * What the text is to be, of a network that was told of its texts by `params.labels`, as { author: "Bashō" }
   * (default: nothing). What is left out may be any.
   */
  readonly labels: Readonly<Record<string, string>>;
}

const writingDefaults: Readonly<Writing> = {
  prompt: "",
  length: 400,
  temperature: 0.8,
  topK: 0,
  topP: 1,
  stop: [],
  seed: 1,
  labels: {},
};

/** Tokens that are written between two chances for others to run: a fraction of a second on any backend. */
const chunkLength = 32;

/**
 * Writes piece by piece, without the prompt.
 *
 * @throws where an option or a label is unknown or out of range, and where the model knows nothing of the prompt
 * @example for await (const piece of generate(model, { prompt: "It is a truth ", temperature: 0.6 })) print(piece);
 */
export async function* generate(
  model: Model,
  options: Partial<Writing> = {},
): AsyncGenerator<string, void, void> {
  const { prompt, labels, ...writing } = completeWriting(options);
  const ids = model.vocabulary.encode(prompt);
  if (prompt !== "" && ids.every((id) => id === 0)) {
    const { level } = model.vocabulary;
    throw new Error(
      `Expected ${level} in \`prompt\` that the model has read in its texts, got none in ${JSON.stringify(prompt)}`,
    );
  }
  const writer = new Writer(model, labels);
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
  options: Partial<Omit<Writing, "prompt" | "labels">> = {},
): AsyncGenerator<string, void, void> {
  const { length, temperature, topK, topP, stop, seed } = completeWriting(options);
  const temperatures = [temperature].flat();
  const atOnce = temperatures.length === 1 ? chunkLength : 1;
  const draw = random(seed);
  const stops = writer.model.vocabulary.mark === undefined ? stop : [...stop, MARK];
  let text = "";
  let left = length;
  for (let turn = 0; left > 0; turn++) {
    const draws = Array.from({ length: Math.min(atOnce, left) }, draw);
    const choice = { temperature: temperatures[turn % temperatures.length], topK, topP };
    const piece = writer.write(draws, choice);
    const fitting = wholeTokens(writer.written, left);
    const end = endOf(text + fitting, text.length, stops);
    const kept = fitting.slice(0, end - text.length);
    if (kept !== piece) writer.keep(kept);
    yield kept.endsWith(MARK) ? kept.slice(0, -1) : kept; // The writer has read the mark, and nobody sees it.
    if (end < Infinity || fitting !== piece) return;
    text += fitting;
    left -= [...fitting].length;
    await setImmediate();
  }
}

/** Writes all at once: what `generate` yields, joined. */
export async function write(model: Model, options: Partial<Writing> = {}): Promise<string> {
  let text = "";
  for await (const piece of generate(model, options)) text += piece;
  return text;
}

/** The text of the first tokens that have at most so many characters together. */
function wholeTokens(tokens: readonly string[], most: number): string {
  let text = "";
  let left = most;
  for (const token of tokens) {
    left -= [...token].length;
    if (left < 0) break;
    text += token;
  }
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
  checkNames(Object.keys(writingDefaults), Object.keys(options));
  const writing = { ...writingDefaults, ...options };
  const { length, temperature, topK, topP } = writing;
  checkWhole({ length });
  const temperatures = [temperature].flat();
  if (temperatures.length === 0) throw new Error("Expected at least one number in `temperature`, got none");
  for (const one of temperatures) if (!(one >= 0)) throw new OptionError("temperature", ">= 0", one);
  checkWhole({ topK });
  if (!(topP > 0 && topP <= 1)) throw new OptionError("topP", "above 0 and at most 1", topP);
  if (writing.stop.includes("")) throw new OptionError("stop", "to hold texts that are not empty", '""');
  return writing;
}
