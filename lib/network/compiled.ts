/** Where set-up leaves the compiled operations (`setup/tensorflow/native.ts`) for `native.ts` to load. Nothing here needs TensorFlow. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";

/** What `built.json` says, in the folder `.cache/native` of the project. */
export interface Built {
  /** The add-on's file, inside that folder. */
  readonly file: string;
  /** The processor that it was compiled for: `processor()`. */
  readonly processor: string;
}

/**
 * The file of the operations that were compiled for this processor.
 *
 * @throws where there is none
 */
export function findAddon(folder = join(__dirname, "..", "..", "..", "..", ".cache", "native")): string {
  const path = join(folder, "built.json");
  if (!existsSync(path)) throw new Error("they have not been compiled; `npm run setup` does it");
  const built = JSON.parse(readFileSync(path, "utf8")) as Built;
  if (built.processor !== processor()) {
    throw new Error("they were compiled for another processor; `npm run setup` compiles them for this one");
  }
  return join(folder, built.file);
}

/** Names this processor with all that it can do: what is compiled for one may crash on another. */
export function processor(): string {
  const information = "/proc/cpuinfo";
  const text = existsSync(information) ? readFileSync(information, "utf8") : "";
  const abilities = /^(?:flags|Features)\s*:.*$/m.exec(text)?.[0] ?? "";
  const digest = createHash("sha256").update(abilities).digest("hex");
  return `${process.arch} ${cpus()[0]?.model ?? ""} ${digest.slice(0, 12)}`;
}
