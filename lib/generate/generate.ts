/** Writing: the network reads a prompt and goes on, character after character, its state carried along. */
import { setImmediate } from "node:timers/promises";
import type { State } from "../network/lstm/stack";
import { disposeState, type Model } from "../network/model";
import { tf } from "../network/tensorflow";
import { random } from "../text/random";
import { choose, type Choice } from "./choose";

export interface Writing extends Choice {
  /** What the network reads before it writes; may have characters that it does not know; a line break. */
  readonly prompt: string;
  /** Characters to write; 400. */
  readonly length: number;
  /** Ends the writing after the first of these; none. */
  readonly stop: readonly string[];
  /** The same seed writes the same text; 1. */
  readonly seed: number;
}

export const writingDefaults: Readonly<Writing> = {
  prompt: "\n",
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
  const writing = completeWriting(options);
  const draw = random(writing.seed);
  const prompt = model.vocabulary.encode(writing.prompt || "\n");
  let state = model.zeroState(1);
  let read: ArrayLike<number> = prompt;
  let text = "";
  try {
    for (let written = 0; written < writing.length; written += chunkLength) {
      const draws = Array.from({ length: Math.min(chunkLength, writing.length - written) }, draw);
      const { ids, state: after } = writeOn(model, read, state, draws, writing);
      disposeState(state);
      state = after;
      read = [ids[ids.length - 1]];
      const piece = model.vocabulary.decode(ids);
      const end = endOf(text + piece, text.length, writing.stop);
      yield piece.slice(0, end - text.length);
      if (end < text.length + piece.length) return;
      text += piece;
      await setImmediate();
    }
  } finally {
    disposeState(state);
  }
}

/** Writes all at once: what `generate` yields, joined. */
export async function write(model: Model, options: Partial<Writing> = {}): Promise<string> {
  let text = "";
  for await (const piece of generate(model, options)) text += piece;
  return text;
}

/**
 * Reads ids and writes a character for each draw. The state that goes out has not read the last of them yet.
 *
 * @param state left alone; the one that is returned is the caller's
 */
function writeOn(
  model: Model,
  ids: ArrayLike<number>,
  state: State,
  draws: readonly number[],
  choice: Choice,
): { ids: ArrayLike<number>; state: State } {
  const { temperature, topK, topP } = choice;
  const atOnce = model.implementation.generate;
  if (atOnce) return atOnce(model, state, { prompt: ids, draws, temperature, topK, topP });
  const written: number[] = [];
  let current = state;
  for (const drawn of draws) {
    const read = written.length ? written.slice(-1) : Array.from(ids);
    const { scores, state: after } = scoresAfter(model, read, current);
    if (current !== state) disposeState(current);
    current = after;
    written.push(choose(scores, choice, drawn));
  }
  return { ids: written, state: current };
}

/** The scores of what follows the last of some ids. */
function scoresAfter(model: Model, ids: number[], before: State): { scores: Float32Array; state: State } {
  let state = before;
  const scores = tf.tidy(() => {
    const read = model.read(tf.tensor2d(ids, [ids.length, 1], "int32"), before);
    state = read.state;
    return tf.keep(read.logits.slice([ids.length - 1, 0], [1, -1]));
  });
  const values = scores.dataSync<"float32">();
  scores.dispose();
  return { scores: values, state };
}

/** Where the text ends: after the first stop that is completed at or after `from`, else at its end. */
function endOf(text: string, from: number, stops: readonly string[]): number {
  const ends = stops.map((stop) => {
    const found = text.indexOf(stop, Math.max(0, from - stop.length + 1));
    return found < 0 ? text.length : found + stop.length;
  });
  return Math.min(text.length, ...ends);
}

function completeWriting(options: Partial<Writing>): Writing {
  for (const name of Object.keys(options)) {
    if (!(name in writingDefaults)) {
      throw new Error(`Unknown option \`${name}\`; there are ${Object.keys(writingDefaults).join(", ")}`);
    }
  }
  const writing = { ...writingDefaults, ...options };
  const { length, temperature, topK, topP } = writing;
  if (!(Number.isInteger(length) && length >= 0))
    throw new Error(`Expected \`length\` to be a whole number, got ${length}`);
  if (!(temperature >= 0)) throw new Error(`Expected \`temperature\` >= 0, got ${temperature}`);
  if (!(Number.isInteger(topK) && topK >= 0))
    throw new Error(`Expected \`topK\` to be a whole number, got ${topK}`);
  if (!(topP > 0 && topP <= 1)) throw new Error(`Expected \`topP\` above 0 and at most 1, got ${topP}`);
  if (writing.stop.includes("")) throw new Error("Expected `stop` to hold texts that are not empty");
  return writing;
}
