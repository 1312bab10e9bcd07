/** Writing a text together with a network, in a notebook or a terminal: it offers words, somebody types. */
import type { Continuation } from "../generate/continuations";
import { writeTogether, type InteractiveOptions, type Offer } from "../generate/interactive";
import type { Model } from "../network/model";
import { escapeHtml } from "./style/html";
import { ask, display } from "./notebook";
import { share } from "./style/numbers";

export interface TogetherOptions extends InteractiveOptions {
  /** Taken one after another, as if somebody had typed them; without them they are asked for. */
  readonly answers?: readonly string[];
}

/**
 * Shows the text with what the network offers, and takes the answers that `writeTogether` understands, until somebody says
 * `bye`, the answers are over, the text is long enough, or nobody is there who can answer, as when a notebook is executed
 * by a program.
 *
 * @returns the text without the prompt
 * @throws where an option is out of range
 * @example const text = await writeInTurns(model, { prompt: "It was a " });
 * @example const text = await writeInTurns(model, { prompt: "It was a ", answers: ["1", "dark and ", "2"] });
 */
export async function writeInTurns(
  model: Model,
  { answers, ...options }: TogetherOptions = {},
): Promise<string> {
  if (!answers) {
    showWords(
      "Type a number to take those words, nothing for the first, or words of your own; undo takes back; bye ends.",
    );
  }
  const scripted = answers?.[Symbol.iterator]();
  const { prompt = "" } = options;
  const text = await writeTogether(
    model,
    async (offer) => {
      const answer: string | undefined = scripted ? scripted.next().value : undefined;
      if (scripted && answer === undefined) return undefined;
      showOffer(prompt, offer, answer);
      return scripted ? answer : askOrEnd();
    },
    options,
  );
  showWords(`${prompt}${text}`.trim() || "Nothing was written.");
  return text;
}

/** What somebody types; undefined where nobody is there, which is said. */
async function askOrEnd(): Promise<string | undefined> {
  try {
    return await ask("> ");
  } catch (error) {
    showWords((error as Error).message);
    return undefined;
  }
}

function showOffer(prompt: string, { text, continuations, notice }: Offer, answer?: string): void {
  const offered = continuations.map((one, index) => `${index + 1} ${words(one)} ${share(one.probability)}`);
  const typed = answer === undefined ? [] : [`> ${answer}`];
  const lines = [...(notice ? [notice] : []), `${prompt}${text}…`.trimStart(), offered.join(" · "), ...typed];
  showWords(lines.join("\n"));
}

/** What is offered, with its white space to be seen, e.g. `"a "`, and the end of a short text as `the end`. */
function words({ text, ends }: Continuation): string {
  if (!ends) return JSON.stringify(text);
  return text === "" ? "the end" : `${JSON.stringify(text)} and the end`;
}

function showWords(shown: string): void {
  const html = `<div style="white-space:pre-wrap">${escapeHtml(shown)}</div>`;
  display({ "text/plain": shown, "text/html": html });
}
