/**
 * Where results are shown and questions asked: in a notebook, through what the project's kernel leaves for this file
 * (`setup/kernel/seam.ts`), or in a terminal, as plain text.
 */
import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline/promises";

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

/** A result that is already shown and can be replaced where it stands. */
export interface Display {
  /** In a terminal the text is printed again, where it is another one. */
  update(bundle: MimeBundle): void;
}

/** What the kernel does for a notebook. */
export interface Kernel {
  display(data: Record<string, unknown>, options?: DisplayOptions): void;
  ask(prompt?: string): Promise<string>;
  /** Notes that a value is shown by the cell that runs. */
  shown?(value: object): void;
}

export interface DisplayOptions {
  /** A name by which the result is found again. */
  readonly id?: string;
  /** Whether results of that id are replaced, instead of a new one being shown (default: false). */
  readonly update?: boolean;
  /** Jupyter's metadata of the result. */
  readonly metadata?: Record<string, unknown>;
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

function kernel(): Kernel | undefined {
  return (globalThis as { [key: symbol]: unknown })[Symbol.for("palimpsest.kernel")] as Kernel | undefined;
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

/** Lines of a piped input that came together with one that was asked for. */
const unread: string[] = [];

async function askInTerminal(prompt: string): Promise<string> {
  const early = unread.shift();
  if (early !== undefined) {
    process.stdout.write(`${prompt}\n`);
    return early;
  }
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const ended = new Promise<never>((_, reject) => {
    lines.once("close", () => reject(new Error(`The input ended before an answer to \`${prompt}\``)));
  });
  lines.on("line", (line) => unread.push(line));
  try {
    return await Promise.race([lines.question(prompt), ended]);
  } finally {
    lines.close();
  }
}
