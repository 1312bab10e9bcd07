/**
 * From a place in compiled code back to its TypeScript. A cell is compiled in two steps, an imported file in one, and
 * the code of each step ends in its source map, which holds the code it was made from: so compiled code leads back to
 * its source by itself.
 */
import { SourceMap, type SourceMapPayload } from "node:module";
import path from "node:path";

export interface Place {
  /** `cell[3].ts`, or a file's path from the project's root. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** The whole line. */
  readonly text: string;
}

/** One step of compiling. */
interface Step {
  readonly map: SourceMap;
  /** The code before the step. */
  readonly source: string;
}

interface InlineMap extends SourceMapPayload {
  sourcesContent: string[];
}

/** Under this name tslab compiles every cell, behind a first line of its own. */
const cellFile = "__tslab__.js";

const comment = "//# sourceMappingURL=data:application/json;base64,";

const compiled = new Map<string, { readonly code: string; steps?: Step[] }>();

/** Keeps the code under the name that V8 gives it in stack traces. */
export function rememberCompiled(file: string, code: string): void {
  compiled.set(file, { code });
}

/** Whether a file that TypeScript compiles, by its path, is a cell. */
export function isCellFile(file: string): boolean {
  return path.basename(file, ".ts") === path.basename(cellFile, ".js");
}

/** The source of a place, both counted from 1; undefined where the code is not ours, or has no source. */
export function originalPlace(file: string, line: number, column: number): Place | undefined {
  const entry = compiled.get(file);
  if (!entry || line > lineCount(entry.code)) return undefined;
  entry.steps ??= stepsBack(entry.code);
  let [row, offset] = [line - 1, column - 1];
  for (const { map } of entry.steps) {
    const found = map.findEntry(row, offset);
    if (!("originalLine" in found)) return undefined;
    [row, offset] = [found.originalLine, found.originalColumn];
  }
  const first = entry.steps.at(-1);
  if (!first) return undefined;
  const text = first.source.split("\n")[row] ?? "";
  if (first.map.payload.file === cellFile) return { file, line: row, column: offset + 1, text };
  const source = path.join(path.dirname(file), path.basename(first.map.payload.sources[0]));
  return { file: path.relative("", source), line: row + 1, column: offset + 1, text };
}

/** The steps by which code was compiled, the last one first. */
function stepsBack(code: string): Step[] {
  const map = inlineMap(code);
  if (!map) return [];
  const [source] = map.sourcesContent;
  return [{ map: new SourceMap(map), source }, ...stepsBack(source)];
}

function inlineMap(code: string): InlineMap | undefined {
  const start = code.lastIndexOf(comment);
  if (start < 0) return undefined;
  const [base64] = code.slice(start + comment.length).split("\n", 1);
  return JSON.parse(Buffer.from(base64, "base64").toString()) as InlineMap;
}

function lineCount(code: string): number {
  return code.split("\n").length;
}
