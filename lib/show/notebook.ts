/** Where results are shown and questions asked: in a notebook, through its kernel, or in a terminal, as plain text. */
import { randomUUID } from "node:crypto";
import { askInTerminal } from "./ask-in-terminal";
import { kernel } from "./kernel";

/**
 * One result in several forms, by MIME type; a notebook shows the richest that it knows, a terminal the plain text.
 * A `Uint8Array` is sent as base64.
 *
 * @example { "text/plain": "loss 1.234", "text/html": "loss <b>1.234</b>" }
 */
export interface MimeBundle {
  readonly "text/plain": string;
  readonly [mime: string]: unknown;
}

/** An output of which nothing is seen. */
export const nothing: MimeBundle = { "text/html": "", "text/plain": "" };

/** A result that is already shown and can be replaced where it stands. */
export interface Display {
  /** In a terminal the text is printed again, where it is another one. */
  update(bundle: MimeBundle): void;
}

/** Whether this runs in a cell of a notebook, under the project's kernel. */
export function inNotebook(): boolean {
  return kernel() !== undefined;
}

/**
 * Shows a result below the cell, or prints it.
 *
 * @example
 * const shown = display({ "text/plain": "0 %" });
 * shown.update({ "text/plain": "100 %" });
 */
export function display(bundle: MimeBundle): Display {
  return kernel() ? displayInNotebook(bundle) : displayInTerminal(bundle);
}

/** Says of a value that the cell that runs has shown it: as the cell's last expression it is not shown again. */
export function alreadyShown(value: object): void {
  kernel()?.shown?.(value);
}

/**
 * Asks for a line of text, as Python's `input()` does.
 *
 * @throws where nobody can answer: a notebook that is executed without a front end, an input that has ended
 * @example const name = await ask("Your name? ");
 */
export async function ask(prompt = ""): Promise<string> {
  return kernel()?.ask(prompt) ?? askInTerminal(prompt);
}

function displayInNotebook(bundle: MimeBundle): Display {
  const id = randomUUID();
  kernel()?.display(bundle, { id });
  return { update: (next) => kernel()?.display(next, { id, update: true }) };
}

function displayInTerminal(bundle: MimeBundle): Display {
  let printed: string | undefined;
  const update = (next: MimeBundle) => {
    if (next["text/plain"] === printed) return;
    printed = next["text/plain"];
    process.stdout.write(`${printed}\n`);
  };
  update(bundle);
  return { update };
}
