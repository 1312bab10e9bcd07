/** The add-on that turns standard error away (`stderr.cc`) while TensorFlow is loaded, for `lib/network/quiet-load.ts`. */
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { compiledFolder, type Built } from "../../lib/network/compiled";
import { writeStamp } from "../bare/stamp.mjs";
import { compile } from "./compiler";

/**
 * Compiles the add-on, where that has not been done, and leaves it where the library finds it.
 *
 * @throws {SetupFailure} where there is no compiler or it fails
 */
export async function buildStderr(projectRoot: string): Promise<void> {
  const folder = compiledFolder(projectRoot);
  const source = path.join(projectRoot, "setup", "tensorflow", "stderr.cc");
  const name = createHash("sha256").update(process.arch).update(fs.readFileSync(source)).digest("hex");
  const file = path.join(folder, `stderr-${name.slice(0, 16)}.node`);
  if (!fs.existsSync(file)) {
    fs.mkdirSync(folder, { recursive: true });
    const beside = path.join(folder, `stderr-${process.pid}.part.node`);
    await compileAddon(projectRoot, source, beside, "Compiling what keeps TensorFlow's log away");
    fs.renameSync(beside, file);
  }
  const built: Built = { file: path.basename(file) };
  writeStamp(path.join(folder, "stderr.json"), { ...built });
}

/** Compiles an add-on of one file that needs Node.js alone. */
export async function compileAddon(
  projectRoot: string,
  source: string,
  file: string,
  label: string,
): Promise<void> {
  const headers = path.join(projectRoot, "node_modules", "node-api-headers", "include");
  const undefinedSymbols = process.platform === "darwin" ? ["-undefined", "dynamic_lookup"] : [];
  const flags = ["-O2", "-std=c++17", "-fPIC", "-shared", "-DNAPI_VERSION=8", "-DNODE_GYP_MODULE_NAME=addon"];
  await compile(projectRoot, [...flags, `-I${headers}`, source, "-o", file, ...undefinedSymbols], { label });
}
