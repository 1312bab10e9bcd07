/** `node:module` in a worker: packages that were bundled with it, files that a cell imports, and source maps. */
import { requireBundled } from "../bundled";
import { runInThisContext } from "node:vm";

export { SourceMap } from "./source-map";

type Require = (name: string) => unknown;

/** One file's code, as tslab runs it. */
export default class Module {
  exports: unknown = {};
  filename = "";
  paths: string[] = [];
  require: Require = (name) => Module._load(name);

  constructor(readonly id: string) {}

  _compile(code: string, file: string): void {
    const head = "(function (exports, require, module, __filename, __dirname) {";
    const run = runInThisContext(`${head}${code}\n})\n//# sourceURL=${file}`) as (
      ...given: unknown[]
    ) => void;
    run(this.exports, this.require, this, file, file.slice(0, file.lastIndexOf("/")));
  }

  static _nodeModulePaths(): string[] {
    return [];
  }

  static _load(name: string): unknown {
    return requireBundled(name);
  }

  static createRequire(): Require {
    return createRequire();
  }
}

export function createRequire(): Require {
  return (name) => Module._load(name);
}
