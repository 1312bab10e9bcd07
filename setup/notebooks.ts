/** `npm run notebooks [names]`: executes notebooks without a browser and writes their outputs into them. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { SetupFailure } from "./bare/failure.mjs";
import { runWithProgress } from "./bare/progress.mjs";
import { venvPython } from "./bare/project.mjs";
import { install } from "./install";

/**
 * @param args the notebooks, all unless given, by a part of their names (`02`, `train`, `notebooks/02-….ipynb`), and
 *   `--to folder`, which leaves them as they are and writes copies with outputs into the folder. Outputs of small
 *   settings (`PALIMPSEST_QUICK`) never come into the project: without `--to` they go to a temporary folder.
 */
export async function main(projectRoot: string, args: string[]): Promise<number> {
  const { words, to } = readArguments(args);
  const chosen = chooseNotebooks(notebookNames(projectRoot), words);
  await install(projectRoot);
  const folder = path.join(projectRoot, "notebooks");
  const quick = Boolean(process.env.PALIMPSEST_QUICK);
  const target = to ?? (quick ? fs.mkdtempSync(path.join(os.tmpdir(), "palimpsest-")) : folder);
  let failed = 0;
  for (const name of chosen) {
    try {
      await executeNotebook(projectRoot, path.join(folder, name), path.join(target, name), { quick });
    } catch (error) {
      if (!(error instanceof SetupFailure)) throw error;
      console.error(error.message);
      failed++;
    }
  }
  console.log(`${chosen.length - failed} of ${chosen.length} notebooks ran; their outputs are in ${target}.`);
  return failed === 0 ? 0 : 1;
}

function readArguments(args: string[]): { words: string[]; to?: string } {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { to: { type: "string" } },
      allowPositionals: true,
    });
    return { words: positionals, to: values.to && path.resolve(values.to) };
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new SetupFailure(cause, "npm run notebooks -- [parts of names] [--to folder]");
  }
}

/** The project's notebooks in their order, e.g. `["01-a-library-of-books.ipynb", …]`. */
export function notebookNames(projectRoot: string): string[] {
  const folder = path.join(projectRoot, "notebooks");
  if (!fs.existsSync(folder)) return [];
  const names = fs.readdirSync(folder).filter((name) => name.endsWith(".ipynb"));
  return names.sort();
}

/**
 * The notebooks that somebody means, e.g. `(["01-a.ipynb", "02-b.ipynb"], ["02"]) -> ["02-b.ipynb"]`; all for none.
 *
 * @throws {SetupFailure} where a word means no notebook
 */
export function chooseNotebooks(names: readonly string[], words: readonly string[]): string[] {
  if (words.length === 0) return [...names];
  return words.flatMap((word) => {
    const meant = names.filter((name) => name.includes(path.basename(word)));
    if (meant.length > 0) return meant;
    throw new SetupFailure(
      `Expected part of a notebook's name, got "${word}".`,
      `There are ${names.join(", ")}.`,
    );
  });
}

/**
 * Executes a notebook with the kernel that it names, at the project's root, and writes it with its outputs to `target`:
 * whole, or not at all where a cell fails.
 *
 * @param options.quick whether the notebook is to take its small settings, which are code in the metadata of its cells,
 *   with 5 minutes for a cell; false unless given
 * @throws {SetupFailure} where a cell fails, with its number, its code and its traceback
 */
export async function executeNotebook(
  projectRoot: string,
  source: string,
  target: string,
  { quick = false } = {},
): Promise<void> {
  fs.mkdirSync(path.dirname(target), { recursive: true });
  const script = path.join(projectRoot, "setup", "execute_notebook.py");
  const secondsPerCell = quick ? 300 : 0;
  const name = path.basename(source);
  await runWithProgress(
    venvPython(projectRoot),
    [script, source, target, projectRoot, String(secondsPerCell)],
    {
      label: name,
      env: { ...process.env, PALIMPSEST_QUICK: quick ? "1" : "" },
      remedy: `Run its cells in JupyterLab (npm start), then \`npm run notebooks ${name}\` again.`,
      detail: (line) => /^cell \d+ of \d+$/.exec(line)?.[0],
    },
  );
}
