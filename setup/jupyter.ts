/** What JupyterLab reads from `.venv`: the project's kernelspec, and settings that let the notebook be seen first. */
import fs from "node:fs";
import path from "node:path";
import { jupyterFolder } from "./bare/project.mjs";
import { writeWhole } from "./bare/stamp.mjs";
import { kernelName, kernelspec } from "./kernel/kernelspec";

/** Defaults of this JupyterLab; what a user chooses in the settings editor goes before them. */
const settings = {
  "@jupyterlab/apputils-extension:notification": { fetchNews: "false", checkForUpdates: false },
};

/** Whether JupyterLab finds the kernel as it has to be started on this machine, and the settings. */
export function jupyterConfigured(projectRoot: string): boolean {
  return files(projectRoot).every(
    ([file, content]) => fs.existsSync(file) && fs.readFileSync(file, "utf8") === content,
  );
}

export function configureJupyter(projectRoot: string): void {
  for (const [file, content] of files(projectRoot)) writeWhole(file, content);
}

function files(projectRoot: string): [file: string, content: string][] {
  const folder = jupyterFolder(projectRoot);
  return [
    [path.join(folder, "kernels", kernelName, "kernel.json"), json(kernelspec())],
    [path.join(folder, "lab", "settings", "overrides.json"), json(settings)],
  ];
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
