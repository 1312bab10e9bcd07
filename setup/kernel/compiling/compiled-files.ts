/**
 * Imported files as they were compiled before, by any kernel of this project: with them a first cell waits for a third
 * of the time. What is kept of a file is named for all that went into it: its content and that of each file that it
 * imports, directly or not, the packages, TypeScript's options, and the kernel's own part in it. So nothing kept is
 * ever out of date. Only what compiled without an error is kept.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from "node:fs";
import path from "node:path";
import * as typescript from "@tslab/typescript-for-tslab";
import { writeWhole } from "../../bare/stamp.mjs";
import { isCellFile } from "./source-map";

/** With what TypeScript keeps to itself: the files that each file imports, by paths. */
type Builder = typescript.EmitAndSemanticDiagnosticsBuilderProgram & {
  getState?(): { referencedMap?: { getValues(file: string): ReadonlySet<string> | undefined } };
};

const projectRoot = path.join(__dirname, "../../..");
const folder = path.join(projectRoot, ".cache", "kernel");

/** Files that are kept; beyond them, those that nobody has used for longest go. */
const most = 2_000;

/** All but the files themselves that goes into what they become. */
const circumstances = hash([
  process.version,
  readFileSync(path.join(projectRoot, "package-lock.json")),
  ...filesIn(path.join(projectRoot, "setup", "kernel")).map((file) => readFileSync(file)),
]);

const keys = new WeakMap<Builder, Map<string, string>>();

/**
 * What names a file as it is in a program, with all that it imports; undefined for a cell, a declaration file and what is
 * no TypeScript.
 */
export function keyOf(builder: Builder, file: typescript.SourceFile): string | undefined {
  const { fileName } = file;
  if (!/(?<!\.d)\.ts$/.test(fileName) || isCellFile(fileName) || fileName.includes("/node_modules/"))
    return undefined;
  let known = keys.get(builder);
  if (!known) keys.set(builder, (known = new Map<string, string>()));
  let key = known.get(fileName);
  if (key === undefined) {
    const parts = importedFiles(builder, file)
      .sort()
      .map((name) => `${name} ${(builder.getSourceFile(name) as { version?: string } | undefined)?.version}`);
    key = hash([circumstances, JSON.stringify(builder.getCompilerOptions()), fileName, ...parts]);
    known.set(fileName, key);
  }
  return key;
}

/** A file and all that it imports, directly or not, but for packages: to look into these for every file takes long. */
function importedFiles(builder: Builder, file: typescript.SourceFile): string[] {
  const imports = builder.getState?.().referencedMap;
  const isOwn = (name: string) => !name.includes("/node_modules/");
  if (!imports || !typescript.isExternalModule(file)) return builder.getAllDependencies(file).filter(isOwn);
  const found = new Set([file.fileName]);
  for (const name of found)
    for (const each of imports.getValues(name) ?? []) if (isOwn(each)) found.add(each);
  return [...found];
}

/** Whether anything is kept: then the file is without an error. */
export function isKept(key: string): boolean {
  return existsSync(codeFile(key));
}

/** The code that a file was compiled to; undefined where nothing is kept of it, or not as it was written. */
export function keptCode(key: string): string | undefined {
  const file = codeFile(key);
  try {
    const content = readFileSync(file, "utf8");
    const at = content.indexOf("\n");
    const code = content.slice(at + 1);
    if (content.slice(0, at) !== `// ${hash([code])}`) return undefined;
    utimesSync(file, new Date(), new Date());
    return code;
  } catch {
    return undefined;
  }
}

/** Keeps a file's code, where there is room for it. */
export function keepCode(key: string, code: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    writeWhole(codeFile(key), `// ${hash([code])}\n${code}`);
  } catch {
    // The next kernel compiles it again.
  }
}

/** Leaves those that were used last. */
export function forgetOldest(): void {
  try {
    const files = readdirSync(folder).map((name) => path.join(folder, name));
    if (files.length <= most) return;
    const aged = files
      .map((file) => ({ file, used: statSync(file).mtimeMs }))
      .sort((a, b) => b.used - a.used);
    for (const { file } of aged.slice(most / 2)) rmSync(file, { force: true });
  } catch {
    // Another kernel is at it.
  }
}

function codeFile(key: string): string {
  return path.join(folder, `${key}.js`);
}

function filesIn(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  return names.map((name) => path.join(folder, name)).filter((file) => /\.c?ts$|\.cjs$/.test(file));
}

function hash(parts: readonly (string | Uint8Array)[]): string {
  const sum = createHash("sha256");
  for (const part of parts) sum.update(part).update("\0");
  return sum.digest("hex");
}
