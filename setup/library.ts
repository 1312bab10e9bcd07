/** The library as the kernel compiles it, ready before a notebook asks for it. */
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { SetupFailure } from "./bare/failure.mjs";
import { runWithProgress } from "./bare/progress.mjs";
import { isStamped, writeStamp } from "./bare/stamp.mjs";

/** Compiles the library where it has changed since, or the kernel has. What is wrong with it, the cell that imports it says. */
export async function compileLibrary(projectRoot: string): Promise<void> {
  const stamp = path.join(projectRoot, ".cache", "library.json");
  const kept = path.join(projectRoot, ".cache", "kernel");
  const sources = { sources: hashOf(projectRoot) };
  if (isStamped(stamp, sources) && fs.existsSync(kept)) return;
  const run = path.join(projectRoot, "setup", "run.mjs");
  const compiling = runWithProgress(process.execPath, [run, "setup/kernel/compile-library.ts"], {
    label: "Compiling the library for the notebooks",
    cwd: projectRoot,
    remedy: "Mend what TypeScript names above; a cell that imports it would say the same.",
  });
  try {
    await compiling;
    writeStamp(stamp, sources);
  } catch (error) {
    if (!(error instanceof SetupFailure)) throw error;
    console.log(error.message);
  }
}

/** What the code of the library depends on, in a few letters. */
function hashOf(projectRoot: string): string {
  const sum = createHash("sha256").update(process.version);
  const inFolders = ["lib", "web", "setup/kernel"].flatMap((folder) =>
    fs
      .readdirSync(path.join(projectRoot, folder), { recursive: true, encoding: "utf8" })
      .sort()
      .map((name) => path.join(folder, name)),
  );
  for (const name of ["package-lock.json", ...inFolders]) {
    const file = path.join(projectRoot, name);
    if (fs.statSync(file).isFile()) sum.update(name).update(fs.readFileSync(file));
  }
  return sum.digest("hex");
}
