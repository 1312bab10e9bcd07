/** Several networks write one text, in turns: each has read all that the others wrote. */
import { checkWhole } from "../base/option-error";
import type { Model } from "../network/model";
import type { OnProgress } from "../base/progress";
import { completeWriting, goOn, type Writing } from "./generate";
import { derivedSeed } from "./many";
import { Writer } from "./writer";

export interface Turn {
  /** Whose turn it was, as the number of the model in the list. */
  readonly model: number;
  readonly text: string;
}

/** What `generate` takes, for each turn: `length` is 40 here. */
export interface SynthesisOptions extends Partial<Writing> {
  /** How many turns there are at most, of all models together (default: 12). */
  readonly turns?: number;
  /** Told after each turn. */
  readonly onProgress?: OnProgress;
}

/**
 * Lets models write in turns, in the order of the list. They hand each other text, so that their vocabularies may differ:
 * what one does not know, it reads as unknown. A short text is over where one of them writes its mark.
 *
 * @throws where there is no model, or an option is unknown or out of range
 * @example for await (const { model, text } of synthesize([austen, melville], { prompt: "The sea " })) print(model, text);
 * @example synthesize([austen, melville], { turns: 60, stop: [" ", "\n"] }) // a word each
 */
export async function* synthesize(
  models: readonly Model[],
  { turns = 12, onProgress, ...options }: SynthesisOptions = {},
): AsyncGenerator<Turn, void, void> {
  if (models.length === 0) throw new Error("Expected at least one model, got none");
  checkWhole({ turns });
  const { prompt, labels, ...writing } = completeWriting({ length: 40, ...options });
  const writers = models.map((model) => new Writer(model, labels));
  try {
    for (const writer of writers) writer.read(prompt);
    for (let turn = 0; turn < turns; turn++) {
      const model = turn % models.length;
      let text = "";
      const seed = derivedSeed(writing.seed, turn);
      for await (const piece of goOn(writers[model], { ...writing, seed })) text += piece;
      writers.forEach((writer, index) => {
        if (index !== model) writer.read(text);
      });
      onProgress?.({ label: "Turns", done: turn + 1, total: turns, unit: "turns" });
      yield { model, text };
      if (writing.length > 0 && writers[model].behindMark) return;
    }
  } finally {
    for (const writer of writers) writer.dispose();
  }
}
