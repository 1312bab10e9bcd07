/**
 * Python environments beside `.venv`, for what only some need: each in a folder of its own under `.cache`, as a
 * requirements file pins it, made when it is first asked for.
 */
import fs from "node:fs";
import path from "node:path";
import { SetupFailure } from "./bare/failure.mjs";
import { findPython } from "./bare/find.mjs";
import { alone } from "./bare/lock.mjs";
import { runWithProgress } from "./bare/progress.mjs";
import { venvPython } from "./bare/project.mjs";
import { isStamped, writeStamp } from "./bare/stamp.mjs";
import { pip } from "./python";

export interface Environment {
  /** What it is for, also the name of its folder: "search". */
  readonly name: string;
  /** The requirements file, from the project's root. */
  readonly requirements: string;
}

/** `setup/run.mjs setup/environment.ts <name> <requirements>`: makes an environment where it is missing. */
export async function main(projectRoot: string, [name, requirements]: string[]): Promise<number> {
  await pythonEnvironment(projectRoot, { name, requirements });
  return 0;
}

/**
 * Makes the environment where it is missing or was made of other requirements.
 *
 * @returns its Python
 * @throws {SetupFailure} where there is no Python that can do it, or where pip fails
 * @example await pythonEnvironment(root, { name: "tensorboard", requirements: "test/show/tensorboard/requirements.txt" })
 */
export async function pythonEnvironment(projectRoot: string, environment: Environment): Promise<string> {
  const root = path.join(projectRoot, ".cache", environment.name);
  const requirements = path.join(projectRoot, environment.requirements);
  const stamp = path.join(root, "palimpsest.json");
  const made = { folder: root, requirements: fs.readFileSync(requirements, "utf8").split("\n") };
  if (!isStamped(stamp, made)) {
    await alone(
      projectRoot,
      async () => {
        if (isStamped(stamp, made)) return;
        await install(projectRoot, { root, requirements, name: environment.name });
        writeStamp(stamp, made);
      },
      console.log,
    );
  }
  return venvPython(root);
}

async function install(
  projectRoot: string,
  { root, requirements, name }: { root: string; requirements: string; name: string },
): Promise<void> {
  const python = findPython();
  if ("problem" in python) throw new SetupFailure(python.problem, python.remedy);
  fs.mkdirSync(root, { recursive: true });
  await runWithProgress(python.command, ["-m", "venv", "--clear", path.join(root, ".venv")], {
    label: `Making the environment "${name}" with Python ${python.version}`,
  });
  // The pip that Python brings along may be too old to report progress, so that its own update comes first.
  const pinned = path.join(projectRoot, "requirements.txt");
  await pip(root, ["pip", "--constraint", pinned], "Updating pip", "off");
  await pip(root, ["--requirement", requirements, "--only-binary", ":all:"], `Installing what ${name} needs`);
}
