/** JupyterLab in the project's own virtual environment `.venv`, as requirements.txt pins it. */
import fs from "node:fs";
import path from "node:path";
import { SetupFailure } from "./bare/failure.mjs";
import { findPython } from "./bare/find.mjs";
import { runWithProgress } from "./bare/progress.mjs";
import { venvPython } from "./bare/project.mjs";
import { isStamped, writeStamp } from "./bare/stamp.mjs";

/** Whether `.venv` is complete, made at this very place, and its Python is still on the machine. */
export function pythonInstalled(projectRoot: string): boolean {
  return (
    fs.existsSync(venvPython(projectRoot)) && isStamped(stampFile(projectRoot), ingredients(projectRoot))
  );
}

/**
 * Makes `.venv` anew, because neither a half-installed package nor a moved environment can be told from a whole one.
 *
 * @throws {SetupFailure} where there is no Python that can do it, or where pip fails
 */
export async function installPython(projectRoot: string): Promise<void> {
  const python = findPython();
  if ("problem" in python) throw new SetupFailure(python.problem, python.remedy);
  const folder = path.join(projectRoot, ".venv");
  await runWithProgress(python.command, ["-m", "venv", "--clear", folder], {
    label: `Making a virtual environment with Python ${python.version}`,
    remedy: "Mend what Python names above, or set PYTHON to another one, then run the same command again.",
  });
  const requirements = path.join(projectRoot, "requirements.txt");
  // The pip that Python brings along may be too old to report progress, so that its own update comes first.
  await pip(projectRoot, ["pip", "--constraint", requirements], "Updating pip", "off");
  await pip(projectRoot, ["--requirement", requirements, "--only-binary", ":all:"], "Installing JupyterLab");
  writeStamp(stampFile(projectRoot), ingredients(projectRoot));
}

/** `pip install` in the project's environment, with the file that it loads and how much of it as progress. */
export async function pip(
  projectRoot: string,
  args: readonly string[],
  label: string,
  progress: "raw" | "off" = "raw",
): Promise<void> {
  let file = "";
  await runWithProgress(
    venvPython(projectRoot),
    ["-m", "pip", "install", "--progress-bar", progress, ...args],
    {
      label,
      env: { ...process.env, PIP_USER: "0", PIP_REQUIRE_VIRTUALENV: "0", PIP_DISABLE_PIP_VERSION_CHECK: "1" },
      remedy: "Mend what pip names above (is the network there?), then run the same command again.",
      detail(line) {
        file = /^\s*Downloading ([^-\s]+)-/.exec(line)?.[1] ?? file;
        if (line.startsWith("Installing collected packages")) return "unpacking";
        const [, done, total] = /^Progress (\d+) of (\d+)/.exec(line) ?? [];
        return Number(total) > 0
          ? `${file} ${Math.floor((100 * Number(done)) / Number(total))} %`
          : undefined;
      },
    },
  );
}

function stampFile(projectRoot: string): string {
  return path.join(projectRoot, ".venv", "palimpsest.json");
}

function ingredients(projectRoot: string): Record<string, unknown> {
  return {
    folder: projectRoot,
    requirements: fs.readFileSync(path.join(projectRoot, "requirements.txt"), "utf8").split("\n"),
  };
}
