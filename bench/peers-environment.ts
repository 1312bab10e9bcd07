/** The peers' Python environment: made for the bench alone, and no part of what the project needs. */
import fs from "node:fs";
import path from "node:path";
import { SetupFailure } from "../setup/bare/failure.mjs";
import { findPython } from "../setup/bare/find.mjs";
import { runWithProgress } from "../setup/bare/progress.mjs";
import { venvPython } from "../setup/bare/project.mjs";
import { isStamped, writeStamp } from "../setup/bare/stamp.mjs";
import { pip } from "../setup/python";

/** A Python with the peers, or why there is none. */
export type PeersPython = { readonly python: string } | { readonly problem: string };

/** @param folder an environment that is there already */
export function givenPeers(folder: string): PeersPython {
  const python = ["bin/python", "Scripts/python.exe"]
    .map((file) => path.join(folder, file))
    .find((file) => fs.existsSync(file));
  if (python === undefined)
    throw new SetupFailure(`${folder} is no Python environment.`, "Name its folder, or leave --peers out.");
  return { python };
}

/** The bench's own environment, made where it is missing and `make` says so. */
export async function ownPeers(projectRoot: string, { make }: { make: boolean }): Promise<PeersPython> {
  const root = path.join(projectRoot, ".cache", "peers");
  const stamp = path.join(root, "palimpsest.json");
  const made = ingredients(projectRoot, root);
  if (!isStamped(stamp, made)) {
    if (!make) return { problem: "the peers are not installed; `npm run bench` without --quick does that" };
    try {
      await install(projectRoot, root);
    } catch (error) {
      if (!(error instanceof SetupFailure)) throw error;
      return { problem: error.message };
    }
    writeStamp(stamp, made);
  }
  return { python: venvPython(root) };
}

async function install(projectRoot: string, root: string): Promise<void> {
  const python = findPython();
  if ("problem" in python) throw new SetupFailure(python.problem, python.remedy);
  fs.mkdirSync(root, { recursive: true });
  await runWithProgress(python.command, ["-m", "venv", "--clear", path.join(root, ".venv")], {
    label: `Making the peers' environment with Python ${python.version}`,
  });
  // The pip that Python brings along may be too old to report progress, so that its own update comes first.
  await pip(root, ["--upgrade", "pip"], "Updating pip", "off");
  const files = requirementFiles(projectRoot).flatMap((file) => ["--requirement", file]);
  await pip(root, files, "Installing PyTorch, Keras, TensorFlow, ml-indie-tools and libraries of alignment");
}

/** TensorFlow is of the version that this project runs on. */
function requirementFiles(projectRoot: string): string[] {
  return [
    path.join(projectRoot, "bench", "peers", "requirements.txt"),
    path.join(projectRoot, "setup", "tensorflow", "cpu.txt"),
  ];
}

function ingredients(projectRoot: string, root: string): Record<string, unknown> {
  const requirements = requirementFiles(projectRoot).map((file) => fs.readFileSync(file, "utf8"));
  return { folder: root, requirements: requirements.join("").split("\n") };
}
