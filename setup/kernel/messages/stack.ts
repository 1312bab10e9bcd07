/** Stack traces that name lines of TypeScript, for errors that are shown and for those that a cell prints itself. */
import { originalPlace, type Place } from "../compiling/source-map";
import { isMachinery } from "./machinery";

export interface Frame {
  /** As V8 writes it, e.g. `choose (lib/generate/choose.ts:12:9)`. */
  readonly text: string;
  /** For cells and imported files. */
  readonly place?: Place;
}

const framesOf = new WeakMap<Error, Frame[]>();

/** Has every stack trace of this process written so. */
export function translateStackTraces(): void {
  Error.stackTraceLimit = 50; // the default 10 often end before the cell
  Error.prepareStackTrace = (error, callSites) => {
    const frames = callSites
      .filter((site) => !isMachinery(site.getFileName() ?? site.getScriptNameOrSourceURL() ?? ""))
      .flatMap(frame);
    framesOf.set(error, frames);
    return [title(error), ...frames.map(({ text }) => `    at ${text}`)].join("\n");
  };
}

/** The frames of an error, the innermost first; none where its trace was not written by us. */
export function stackFrames(error: Error): readonly Frame[] {
  void error.stack; // V8 writes it when it is first read
  return framesOf.get(error) ?? [];
}

function frame(site: NodeJS.CallSite): Frame[] {
  const file = site.getScriptNameOrSourceURL();
  const [line, column] = [site.getLineNumber(), site.getColumnNumber()];
  if (!file || line === null || column === null) return [{ text: String(site) }];
  const place = originalPlace(file, line, column);
  // What tslab wraps around a cell has no source.
  if (!place) return isCellName(file) ? [] : [{ text: String(site) }];
  const text = String(site).replace(
    `${file}:${line}:${column}`,
    `${place.file}:${place.line}:${place.column}`,
  );
  return [{ text, place }];
}

function isCellName(file: string): boolean {
  return /^cell\[\d+\]\.ts$/.test(file);
}

function title(error: Error): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return "Error";
  }
}
