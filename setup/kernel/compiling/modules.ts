/** The imported files as compiled, so that an edit also reaches the files that import the edited one. */
import path from "node:path";
import { soughtFile } from "./named-files";
import { rememberCompiled } from "./source-map";

interface Compiled {
  /** Absolute, ending in `.js`. */
  path: string;
  data: string;
}

interface Module {
  readonly data: string;
  /** The files that it imports itself. */
  readonly imports: ReadonlySet<string>;
}

const modules = new Map<string, Module>();

/**
 * Takes newly compiled files. Returns those that differ from before, with all that import them, directly or not: these
 * hold what they imported before, and have to be run anew. tslab runs anew what it is given.
 */
export function outdatedModules(compiled: readonly Compiled[]): Compiled[] {
  const outdated = new Set<string>();
  for (const { path, data } of compiled) {
    if (modules.get(path)?.data === data) continue;
    outdated.add(path);
    modules.set(path, { data, imports: importsOf(path, data) });
    rememberCompiled(path, data);
  }
  for (const changed of outdated) {
    for (const [file, { imports }] of modules) if (imports.has(changed)) outdated.add(file);
  }
  return [...outdated].map((path) => ({ path, data: modules.get(path)?.data ?? "" }));
}

function importsOf(file: string, code: string): Set<string> {
  const names = [...code.matchAll(/\brequire\("(\.[^"]+)"\)/g)].map(([, name]) => name);
  return new Set(names.map((name) => soughtFile(path.dirname(file), name)));
}
