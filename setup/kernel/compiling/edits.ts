/**
 * Edits of imported files, seen when the next cell is compiled. tslab waits until the operating system reports them:
 * that may be late, takes thousands of watches in `node_modules`, and fails where the machine has no more of them.
 */
import { statSync } from "node:fs";
import {
  FileWatcherEventKind,
  type FileWatcher,
  type FileWatcherCallback,
} from "@tslab/typescript-for-tslab";

interface Watched {
  readonly file: string;
  readonly callback: FileWatcherCallback;
  modified: number;
}

const watched = new Set<Watched>();

/** Takes the place of TypeScript's `sys.watchFile`. Packages are not looked after: they need a restart. */
export function watchFile(file: string, callback: FileWatcherCallback): FileWatcher {
  const entry = { file, callback, modified: modificationTime(file) };
  if (!file.includes("/node_modules/")) watched.add(entry);
  return { close: () => watched.delete(entry) };
}

/** Takes the place of `sys.watchDirectory`, which looks for files that were missing: `compiler.ts` does that. */
export function watchDirectory(): FileWatcher {
  return { close: () => undefined };
}

/** Tells TypeScript of every file that has changed since the last call. */
export function reportEdits(): void {
  for (const entry of [...watched]) {
    const modified = modificationTime(entry.file);
    if (modified === entry.modified) continue;
    const { Created, Changed, Deleted } = FileWatcherEventKind;
    const kind = !entry.modified ? Created : modified ? Changed : Deleted;
    entry.modified = modified;
    entry.callback(entry.file, kind);
  }
}

/** Milliseconds since 1970; 0 where there is no such file. */
function modificationTime(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
