/** The imported files as compiled, so that an edit also reaches the files that import the edited one. */
import path from "node:path";
import { rememberCompiled } from "./source-map";

interface Compiled {
  /** Absolute, ending in `.js`. */
  path: string;
  data: string;
}

const modules = new Map<string, string>();

/**
 * Takes newly compiled files. Returns those that differ from before, with all that import them, directly or not: these
 * hold what they imported before, and have to be run anew. tslab runs anew what it is given.
 */
export function outdatedModules(compiled: readonly Compiled[]): Compiled[] {
  const outdated = new Set<string>();
  for (const { path, data } of [...compiled, ...compiled.flatMap(doorOf)]) {
    if (modules.get(path) === data) continue;
    outdated.add(path);
    modules.set(path, data);
    rememberCompiled(path, data);
  }
  for (const changed of outdated) {
    for (const [file, code] of modules) if (importsOf(file, code).has(changed)) outdated.add(file);
  }
  return [...outdated].map((path) => ({ path, data: modules.get(path) ?? "" }));
}

/** tslab finds files only: a folder with an index, as it is imported, is a file that gives what the index does. */
function doorOf({ path: file }: Compiled): Compiled[] {
  const { dir, base } = path.parse(file);
  if (base !== "index.js") return [];
  return [{ path: `${dir}.js`, data: `module.exports = require("./${path.basename(dir)}/index");` }];
}

function importsOf(file: string, code: string): Set<string> {
  const names = [...code.matchAll(/\brequire\("(\.[^"]+)"\)/g)].map(([, name]) => name);
  return new Set(
    names.map((name) => path.join(path.dirname(file), path.extname(name) ? name : `${name}.js`)),
  );
}
