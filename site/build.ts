/**
 * `npm run site [-- FOLDER]`: a folder that any static server serves, for which nobody has to install anything: the explorable,
 * and behind it the notebooks in JupyterLite, with the project's kernel in it.
 */
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { refuseOther } from "../lib/base/files/refuse-other";
import { runWithProgress } from "../setup/bare/progress.mjs";
import { pythonEnvironment } from "../setup/environment";
import { beginScript, kernelScript, pluginScript } from "./build/bundle";
import { writeContents } from "./build/contents";
import { diskFiles } from "./build/disk";
import { notebooksPage } from "./build/notebooks-page";
import { siteNotebooks } from "./build/notebooks";
import { buildExplorable } from "./explorable/build";
import { replaced } from "./kernel/at-once";

const name = "palimpsest-site";

/**
 * @param args the folder, which takes the place of an older one (default: data/site)
 * @throws where something else stands in that place
 */
export async function main(project: string, [folder = "data/site"]: string[]): Promise<number> {
  const target = path.resolve(folder);
  await refuseOther(target, ["index.html", "notebooks.html", "lite"]);
  const python = await pythonEnvironment(project, { name: "site", requirements: "site/requirements.txt" });
  await mkdir(path.dirname(target), { recursive: true });
  const scratch = await mkdtemp(`${target}.`);
  try {
    await writeExtension(project, path.join(scratch, "extensions", name));
    await runJupyterLite(python, scratch);
    const made = path.join(scratch, "made");
    const notebooks = siteNotebooks(project);
    const data = {
      path: "data/README.md",
      text: await readFile(path.join(project, "data/README.md"), "utf8"),
    };
    await writeContents(path.join(made, "lite"), [...notebooks, data]);
    await writeFile(path.join(made, "notebooks.html"), notebooksPage(notebooks));
    const front = path.join(scratch, "front");
    await buildExplorable(front, { notebooks: "notebooks.html" });
    await cp(front, made, { recursive: true });
    await rm(target, { recursive: true, force: true });
    await rename(made, target);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  console.log(`${folder}: look at it by \`python3 -m http.server --directory ${folder}\``);
  return 0;
}

/** What JupyterLite takes for an extension of JupyterLab's that is built already. */
async function writeExtension(project: string, folder: string): Promise<void> {
  const built = path.join(folder, "static");
  await mkdir(built, { recursive: true });
  console.log("Bundling the kernel …");
  const files: Record<string, string | Uint8Array> = {
    "extension.js": await pluginScript(),
    "begin.js": await beginScript(),
    "kernel.pack": gzipSync(await kernelScript(), { level: 9 }),
  };
  console.log("Writing what it checks cells against, which takes half a minute …");
  for (const { name, content } of await diskFiles(project)) files[name] = gzipSync(content, { level: 9 });
  for (const [file, content] of Object.entries(files)) await writeFile(path.join(built, file), content);
  const description = {
    name,
    version: "0.1.0",
    jupyterlab: { extension: true, _build: { load: "static/extension.js", extension: "./extension" } },
  };
  await writeFile(path.join(folder, "package.json"), JSON.stringify(description));
}

const configuration = {
  "jupyter-lite-schema-version": 0,
  "jupyter-config-data": {
    appName: "palimpsest",
    contentsAllJsonFile: "all.json", // as `build/contents.ts` names it
    defaultKernelName: "tslab",
    disabledExtensions: [replaced],
    exposeAppInBrowser: true, // for tests, as `window.jupyterapp`
  },
};

async function runJupyterLite(python: string, scratch: string): Promise<void> {
  const settings = path.join(scratch, "settings");
  await mkdir(settings);
  await writeFile(path.join(settings, "jupyter-lite.json"), JSON.stringify(configuration));
  const apps = ["lab", "notebooks", "tree"].flatMap((app) => ["--apps", app]);
  const output = path.join(scratch, "made", "lite");
  const args = ["-m", "jupyterlite_core", "build", "--lite-dir", settings, "--output-dir", output, ...apps];
  const extensions = `--FederatedExtensionAddon.extra_labextensions_path=${path.join(scratch, "extensions")}`;
  await runWithProgress(python, [...args, "--no-sourcemaps", "--no-unused-shared-packages", extensions], {
    label: "Writing JupyterLite",
    cwd: scratch,
  });
}
