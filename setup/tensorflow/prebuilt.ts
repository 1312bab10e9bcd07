/** TensorFlow as the npm package itself downloads it, ready-made: older and slower, for machines without a compiler. */
import fs from "node:fs";
import path from "node:path";
import { SetupFailure } from "../bare/failure.mjs";
import { runWithProgress } from "../bare/progress.mjs";
import { bindingFile } from "../bare/project.mjs";
import { checkBinding } from "./binding";
import type { Variant } from "./tensorflow";

/** Seconds for some 400 MB; a server that never answers takes as long. */
const timeout = 900;

/**
 * Runs the install script of @tensorflow/tfjs-node-gpu, which fetches libtensorflow and a binding for it.
 *
 * @throws {SetupFailure} where the download fails or what came does not load
 */
export async function downloadPrebuilt(projectRoot: string, variant: Variant): Promise<void> {
  const modules = path.join(projectRoot, "node_modules");
  fs.rmSync(bindingFile(projectRoot), { force: true }); // Where there is one, the script fetches none.
  try {
    await runWithProgress(process.execPath, [path.join("scripts", "install.js"), variant, "download"], {
      label: "Downloading a ready-made TensorFlow",
      cwd: path.join(modules, "@tensorflow", "tfjs-node-gpu"),
      env: { ...process.env, PATH: [path.join(modules, ".bin"), process.env.PATH].join(path.delimiter) },
      timeout,
      tail: Infinity,
    });
  } catch (error) {
    throw error instanceof SetupFailure ? unreachable(error.message) : error;
  }
  checkBinding(bindingFile(projectRoot));
}

/** Says in two lines what the script says in thirty. */
function unreachable(words: string): SetupFailure {
  const address = words.match(/https?:\/\/[^\s"']+/g)?.at(-1) ?? "its host";
  const cause = /Error: (.+)/.exec(words)?.[1] ?? words.split("\n")[0];
  return new SetupFailure(
    `A ready-made TensorFlow could not be fetched from ${address}: ${cause}`,
    "Look whether that address can be reached from here.",
  );
}
