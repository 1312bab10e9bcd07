/** `npm start`: installs what is missing, then opens JupyterLab on the first notebook. */
import { spawn } from "node:child_process";
import { venvPython } from "./bare/project.mjs";
import { install } from "./install";
import { notebookNames } from "./notebooks";

/** @param args go to JupyterLab, e.g. `["--no-browser", "--port", "9999"]` */
export async function main(projectRoot: string, args: string[]): Promise<number> {
  await install(projectRoot);
  return runJupyterLab(projectRoot, args);
}

/**
 * JupyterLab's options: the user's come last, because there the last one counts. The project is the server's root, so
 * that a page can read from `/files/node_modules/...`.
 */
export function jupyterLabArguments(projectRoot: string, args: readonly string[], isRoot: boolean): string[] {
  const [first] = notebookNames(projectRoot);
  return [
    `--ServerApp.root_dir=${projectRoot}`,
    ...(first ? [`--LabApp.default_url=/lab/tree/notebooks/${encodeURIComponent(first)}`] : []),
    "--MultiKernelManager.default_kernel_name=tslab",
    // One Ctrl-C ends it; JupyterLab alone would ask whether that was meant.
    "--ServerApp.answer_yes=True",
    // What a kernel prints faster than 1 MB a second would be dropped.
    "--ZMQChannelsWebsocketConnection.limit_rate=False",
    ...(isRoot ? ["--allow-root"] : []),
    ...args,
  ];
}

/** Runs JupyterLab until it ends, and passes the signals on that are to end it. */
async function runJupyterLab(projectRoot: string, args: readonly string[]): Promise<number> {
  const options = jupyterLabArguments(projectRoot, args, process.getuid?.() === 0);
  const child = spawn(venvPython(projectRoot), ["-m", "jupyterlab", ...options], {
    cwd: projectRoot,
    stdio: "inherit",
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    // A terminal sends Ctrl-C to JupyterLab itself, too, which would take a second one for impatience.
    const sentToBoth = signal === "SIGINT" && process.stdin.isTTY;
    process.on(signal, () => sentToBoth || child.kill(signal));
  }
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
  });
}
