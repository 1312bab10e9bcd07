/** Errors as Jupyter shows them: what happened, and where in the TypeScript, with the lines themselves. */
import { readFileSync } from "node:fs";
import type { Place } from "../compiling/source-map";
import { hint } from "./hints";
import { stackFrames, type Frame } from "./stack";
import { KeyboardInterrupt } from "../interrupts/stops";
import { asText, attempt } from "./text";
import type { Diagnostic } from "../tslab";

/** The content of Jupyter's `error` message. */
export interface Report {
  ename: string;
  evalue: string;
  traceback: string[];
}

/** Errors that one error is told to be caused by, so that it comes to an end. */
const mostCauses = 20;
/** Characters of a message. */
const longestMessage = 100_000;

/** An error that a cell has thrown, or whatever else it threw. Never throws, whatever the error's own parts do. */
export function reportThrown(thrown: unknown): Report {
  return describeThrown(thrown, new Set());
}

function describeThrown(thrown: unknown, told: Set<unknown>): Report {
  told.add(thrown);
  const error = attempt(() => (thrown instanceof Error ? thrown : undefined));
  if (!error) return report("Thrown", asText(thrown, longestMessage), []);
  const name = attempt(() => asText(error.name, longestMessage)) ?? "Error";
  const message =
    attempt(() => asText(error.message, longestMessage)) ?? "(its message throws when it is read)";
  if (error instanceof KeyboardInterrupt) return report(name, message, []);
  const frames = attempt(() => stackFrames(error)) ?? [];
  const where = isDefect(error) ? frames.flatMap(describe) : withoutLibrary(frames);
  return report(name, message, [...where, ...causes(error, told)]);
}

/** What the compiler says of a cell, or of the files that it imports. */
export function reportDiagnostics(diagnostics: readonly Diagnostic[], cell: string, source: string): Report {
  const told = diagnostics.map((diagnostic) => {
    const { fileName = cell, start, code, messageText } = diagnostic;
    const text = (fileName === cell ? source : readSource(fileName)).split("\n")[start.line] ?? "";
    const place = { file: fileName, line: start.line + 1, column: start.character + 1, text };
    const where = `${place.file}:${place.line}:${place.column}`;
    const wayOn = hint(messageText);
    const message = `${where} ${messageText}${code ? ` (TS${code})` : ""}`;
    return { message, lines: [...excerpt(place), ...(wayOn ? [wayOn] : [])] };
  });
  const [first, ...others] = told;
  const rest = others.flatMap(({ message, lines }) => [message, ...lines]);
  return report("TypeScriptError", first.message, [...first.lines, ...rest]);
}

function report(ename: string, evalue: string, where: readonly string[]): Report {
  const red = (text: string) => `\u001b[31m${text}\u001b[39m`;
  return { ename, evalue, traceback: [`${red(ename)}: ${evalue}`, ...where] };
}

function describe({ text, place }: Frame): string[] {
  return [`    at ${text}`, ...(place ? excerpt(place) : [])];
}

/** Whether it was thrown by the language itself, and not as an answer to somebody's mistake. */
function isDefect(error: Error): boolean {
  return [TypeError, ReferenceError, RangeError, SyntaxError].some((kind) => error instanceof kind);
}

/** Of the library's own calls, which answer a mistake in a sentence, the innermost one of each run, and how many there were. */
function withoutLibrary(frames: readonly Frame[]): string[] {
  const isOwn = (frame?: Frame) => frame?.place?.file.startsWith("lib/") ?? false;
  return frames.flatMap((frame, index) => {
    if (!isOwn(frame)) return describe(frame);
    if (isOwn(frames[index - 1])) return [];
    const end = frames.findIndex((one, at) => at > index && !isOwn(one));
    const more = (end < 0 ? frames.length : end) - index - 1;
    return [`    at ${frame.text}${more > 0 ? `, and ${more} more in lib` : ""}`];
  });
}

/** The line, and a sign below the column. */
function excerpt({ line, column, text }: Place): string[] {
  const longest = 200;
  if (text.length > longest) return [];
  const number = String(line).padStart(8);
  return [`${number} | ${text}`, `${" ".repeat(number.length)} | ${" ".repeat(column - 1)}^`];
}

function causes(error: Error, told: Set<unknown>): string[] {
  const thrown = attempt(() =>
    error instanceof AggregateError
      ? [...(error.errors as unknown[])]
      : "cause" in error
        ? [error.cause]
        : [],
  );
  return (thrown ?? []).flatMap((cause) => {
    if (told.has(cause)) return ["Caused by an error that is told above"];
    if (told.size > mostCauses) return [];
    const [title, ...where] = describeThrown(cause, told).traceback;
    return [`Caused by ${title}`, ...where];
  });
}

function readSource(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return ""; // a module that a cell defines is not on disk
  }
}
