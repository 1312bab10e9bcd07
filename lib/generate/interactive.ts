/** A text that a person and a network write together: the network offers words, the person takes one or writes others. */
import type { Model } from "../network/model";
import type { GivenLabels } from "../text/labels";
import { continuations, type Continuation, type ContinuationOptions } from "./continuations";
import { opening } from "./reading-state";
import { Writer } from "./writer";

/** What the person is asked. */
export interface Offer {
  /** What there is so far, without the prompt. */
  readonly text: string;
  /** The network's ideas, the likeliest first. */
  readonly continuations: readonly Continuation[];
  /** Why the last answer was not taken, or "". */
  readonly notice: string;
}

export interface InteractiveOptions extends ContinuationOptions {
  /** What the text goes on from; a line break, or nothing where the network writes short texts. */
  readonly prompt?: string;
  /** The text ends once it has so many UTF-16 units (default: 300). */
  readonly length?: number;
  /** What the text is to be, by a network that was told of its texts: { author: "Bashō" } (default: nothing). */
  readonly labels?: GivenLabels;
}

/**
 * Writes until the person says `bye`, or the text is long enough, or a short text ends as the network offers it. An answer is
 * the number of an offered continuation; or nothing, for the first; or `undo`, for the text before the last answer; or `bye`;
 * or words that are added as they are. A plus sign adds what follows it, whatever it is: `+2`, `+bye`.
 *
 * @param answer the person: undefined is understood as `bye`
 * @returns the text without the prompt
 * @throws where an option is out of range or a label is unknown
 * @example await writeTogether(model, async ({ text, continuations }) => prompt(text, continuations));
 */
export async function writeTogether(
  model: Model,
  answer: (offer: Offer) => Promise<string | undefined>,
  { prompt = beginning(model), length = 300, labels, n, ahead }: InteractiveOptions = {},
): Promise<string> {
  const writer = new Writer(model, labels);
  const pieces: string[] = [];
  let notice = "";
  try {
    writer.read(prompt);
    for (;;) {
      const text = pieces.join("");
      if (text.length >= length) return text;
      const offered = continuations(writer, { n, ahead });
      const answered = await answer({ text, continuations: offered, notice });
      if (answered === undefined || answered === "bye") return text;
      notice = "";
      if (answered === "undo") {
        if (pieces.pop() === undefined) notice = "There is nothing to undo.";
        writer.reset();
        writer.read(prompt + pieces.join(""));
      } else {
        const added = addedBy(answered, offered);
        if (added === undefined) notice = `Expected a number from 1 to ${offered.length}, got ${answered}.`;
        else {
          if (added.ends) return text + added.text;
          pieces.push(added.text);
          writer.read(added.text);
        }
      }
    }
  } finally {
    writer.dispose();
  }
}

function beginning({ vocabulary }: Model): string {
  return vocabulary.mark === undefined ? opening : "";
}

/** What an answer adds to the text; undefined for a number that nothing was offered under. */
function addedBy(
  answered: string,
  offered: readonly Continuation[],
): Pick<Continuation, "text" | "ends"> | undefined {
  if (answered === "") return offered[0];
  if (/^\d+$/.test(answered)) return offered[Number(answered) - 1];
  return { text: answered.startsWith("+") ? answered.slice(1) : answered, ends: false };
}
