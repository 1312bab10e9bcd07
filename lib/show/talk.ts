/** A dialogue with a network, in a notebook or a terminal: each answer with its copied passages in colour. */
import { Dialogue, type DialogueOptions, type Reply } from "../generate/dialogue";
import type { Model } from "../network/model";
import { traceable, type Traceable, type TracedIn } from "../trace/traceable";
import { escapeHtml } from "./style/html";
import { ask, display } from "./notebook";
import { showOverlay } from "./overlay/overlay";

export interface TalkOptions extends Partial<DialogueOptions> {
  /** Said one after another, as if somebody had typed them; without them they are asked for. */
  readonly lines?: readonly string[];
  /** Characters of a passage that counts as copied, at least (default: 20, or more where phrases of 20 are common). */
  readonly copied?: number;
}

/**
 * Talks until somebody says `bye`, the lines are over, or nobody is there who can answer, as when a notebook is executed
 * by a program.
 *
 * @param library whose training parts the answers are traced in, or an index of them
 * @returns what was said by whom
 * @throws where an option is unknown or out of range
 * @example const talked = await talk(model, library, { temperature: 0.5 });
 * @example const talked = await talk(model, library, { lines: ["Who is there?", "temperature=1", "Who is there?"] });
 */
export async function talk(
  model: Model,
  library: TracedIn,
  { lines, copied: minLength, ...options }: TalkOptions = {},
): Promise<Reply[]> {
  const dialogue = new Dialogue(model, options);
  const tracedIn = traceable(library);
  const replies: Reply[] = [];
  try {
    for await (const line of lines ?? askedFor()) {
      const reply = await dialogue.say(line);
      replies.push(reply);
      if (reply.type === "answer") showAnswer(reply, tracedIn, minLength);
      else showWords(lines ? `${line}: ${reply.text}` : reply.text);
      if (reply.type === "end") break;
    }
  } finally {
    dialogue.dispose();
  }
  return replies;
}

/** What somebody types, as long as anybody is there. */
async function* askedFor(): AsyncGenerator<string, void, undefined> {
  showWords(
    "Say something. An empty line lets it go on; reset makes it forget what was said; temperature=0.9 makes it wilder; bye ends.",
  );
  for (;;) {
    let line: string;
    try {
      line = await ask("> ");
    } catch (error) {
      return showWords((error as Error).message);
    }
    yield line;
  }
}

function showAnswer(
  { line, text, temperature }: Extract<Reply, { type: "answer" }>,
  tracedIn: Traceable,
  minLength?: number,
): void {
  const label = `> ${line.trim() || "…"} · temperature ${temperature}`;
  showOverlay([{ label, trace: tracedIn.trace(text, { minLength }) }]);
}

function showWords(words: string): void {
  display({ "text/plain": words, "text/html": `<div>${escapeHtml(words)}</div>` });
}
