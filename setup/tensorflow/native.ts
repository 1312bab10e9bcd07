/** The network's own operations for TensorFlow (lib/network/lstm/native/), compiled for the processor of this machine. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { compiledFolder, processor, type OperationsBuilt } from "../../lib/network/compiled";
import { writeStamp } from "../bare/stamp.mjs";
import { compile, findCompiler } from "./compiler";
import { tensorflowLibraries } from "./tensorflow";

/**
 * No `-ffast-math`: with `-shared`, GCC would link code that makes all of Node flush its smallest numbers to zero. What
 * the loops here gain from it, they get from these.
 */
const flags = ["-O3"];
/** By which the sources mean what they say. */
export const languageFlags = ["-std=c++17", "-ffp-contract=fast", "-fno-math-errno", "-fno-trapping-math"];
const libraryFlags = ["-fPIC", "-shared", "-fvisibility=hidden", "-pthread"];

/** The folder of the sources, from the project's root. */
const sourcesFolder = path.join("lib", "network", "lstm", "native");

/** The sources of the operations, from the project's root. */
export function sourceFiles(projectRoot: string): string[] {
  return files(projectRoot)
    .filter((file) => file.endsWith(".cc"))
    .map((file) => path.join(sourcesFolder, file));
}

/** Sources and headers, from their folder; without those of WebAssembly alone. */
function files(projectRoot: string): string[] {
  return fs
    .readdirSync(path.join(projectRoot, sourcesFolder), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.(cc|h)$/.test(file) && !file.startsWith("wasm"))
    .sort();
}

/**
 * Compiles the operations against the TensorFlow in `tensorflow`, where that has not been done: into a folder named for
 * all that goes into them, so that nothing is ever replaced that a running notebook has loaded.
 *
 * @returns the add-on's file
 * @throws {SetupFailure} where there is no compiler or it fails
 */
export async function buildNative(projectRoot: string, tensorflow: string): Promise<string> {
  const folder = compiledFolder(projectRoot);
  const label = "Compiling the fused LSTM for this processor";
  const addon = await compileOperations(projectRoot, tensorflow, { folder, flags, label });
  const built: OperationsBuilt = { file: path.relative(folder, addon), processor: processor() };
  writeStamp(path.join(folder, "built.json"), { ...built });
  return addon;
}

export interface CompileOptions {
  /** Where the add-on's own folder is, or will be. */
  readonly folder: string;
  /** For the compiler, beside those without which nothing can be loaded. */
  readonly flags: readonly string[];
  /** What is shown meanwhile. */
  readonly label: string;
}

/**
 * Compiles the operations, where that has not been done with these flags and this compiler.
 *
 * @returns the add-on's file
 * @throws {SetupFailure} where there is no compiler or it fails
 */
export async function compileOperations(
  projectRoot: string,
  tensorflow: string,
  { folder, flags, label }: CompileOptions,
): Promise<string> {
  const sources = path.join(projectRoot, sourcesFolder);
  const include = `-I${path.join(tensorflow, "include")}`;
  const args = [...flags, ...languageFlags, ...processorFlags(), ...libraryFlags, include];
  const ingredients = createHash("sha256");
  for (const part of [processor(), tensorflow, compilerVersion(projectRoot), ...args])
    ingredients.update(`${part}\n`);
  for (const file of files(projectRoot))
    ingredients.update(file).update(fs.readFileSync(path.join(sources, file)));
  const name = ingredients.digest("hex").slice(0, 16);
  const addon = path.join(folder, name, "palimpsest.node");

  if (!fs.existsSync(addon)) {
    const beside = path.join(folder, `${name}.${process.pid}.part`);
    fs.mkdirSync(beside, { recursive: true });
    const translated = sourceFiles(projectRoot).map((file) => path.join(projectRoot, file));
    const linked = [tensorflowLibraries(tensorflow)[1], `-Wl,-rpath,${tensorflow}`];
    try {
      const made = path.join(beside, "palimpsest.node");
      await compile(projectRoot, [...args, ...translated, "-o", made, ...linked], { label });
      fs.renameSync(beside, path.dirname(addon));
    } finally {
      fs.rmSync(beside, { recursive: true, force: true });
    }
  }
  return addon;
}

/** Everything that this processor can do; some compilers know this under one name, some under another. */
function processorFlags(): string[] {
  return process.arch === "x64" ? ["-march=native"] : ["-mcpu=native"];
}

function compilerVersion(projectRoot: string): string {
  const command = findCompiler(projectRoot);
  return command === undefined ? "" : spawnSync(command, ["--version"], { encoding: "utf8" }).stdout;
}
