/**
 * What set-up compiles for this machine (`setup/tensorflow/native.ts`, `stderr.ts`) and leaves in `.cache/native` of
 * the project, for the library to load. Nothing here needs TensorFlow.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";

/** What `stderr.json` says of what turns standard error away. */
export interface Built {
  /** The add-on's file, inside the folder. */
  readonly file: string;
}

/** What `built.json` says of the operations. */
export interface OperationsBuilt extends Built {
  /** The processor that they were compiled for: `processor()`. */
  readonly processor: string;
}

export function compiledFolder(projectRoot = join(__dirname, "..", "..")): string {
  return join(projectRoot, ".cache", "native");
}

/**
 * The file of the operations that were compiled for this processor.
 *
 * @throws where there is none
 */
export function findOperations(folder = compiledFolder()): string {
  const built = builtIn<OperationsBuilt>(folder, "built.json");
  if (!built) throw new Error("they have not been compiled; `npm run setup` does it");
  if (built.processor !== processor()) {
    throw new Error("they were compiled for another processor; `npm run setup` compiles them for this one");
  }
  return join(folder, built.file);
}

/** The file of what turns standard error away; undefined where there is none, without which all goes on. */
export function findStandardError(folder = compiledFolder()): string | undefined {
  try {
    const built = builtIn<Built>(folder, "stderr.json");
    return built && join(folder, built.file);
  } catch {
    return undefined; // no JSON
  }
}

/** Names this processor with all that it can do: what is compiled for one may crash on another. */
export function processor(): string {
  const information = "/proc/cpuinfo";
  const text = existsSync(information) ? readFileSync(information, "utf8") : "";
  const abilities = /^(?:flags|Features)\s*:.*$/m.exec(text)?.[0] ?? "";
  const digest = createHash("sha256").update(abilities).digest("hex");
  return `${process.arch} ${cpus()[0]?.model ?? ""} ${digest.slice(0, 12)}`;
}

function builtIn<Stamp extends Built>(folder: string, name: string): Stamp | undefined {
  const path = join(folder, name);
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Stamp) : undefined;
}
