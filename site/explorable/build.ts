/** The explorable as a folder for any server of files: the front page of the project's site. */
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { writeWholeFolder } from "../../lib/base/files/atomic-write";
import { refuseOther } from "../../lib/base/files/refuse-other";
import { escapeHtml } from "../../lib/show/style/html";
import { workerFile } from "../../web/beside/names";
import { writePacked } from "../../web/beside/pack";
import { pageScript, workerScript } from "../../web/bundle";
import { filled, policy, styleSheet, type ExportedFile } from "../../web/export";
import { shelfFile } from "./packed-shelf";
import { copiedFrom, mostReadings, sampleLength } from "./settings";
import { shelf } from "./shelf";

export interface ExplorableOptions {
  /** The address of the notebooks that the page leads to, from its own (default: no link to any). */
  readonly notebooks?: string;
}

const folderOfPage = path.dirname(__filename);

/**
 * Writes the page, its scripts and its books. It asks for nothing but its own folder, wherever that stands on a server or on
 * a disk.
 *
 * @param folder appears whole or not at all, in the place of one that was built before
 * @returns the files of the folder
 * @throws where something else stands in that place
 * @example await buildExplorable("data/site")
 */
export async function buildExplorable(
  folder: string,
  { notebooks }: ExplorableOptions = {},
): Promise<ExportedFile[]> {
  await refuseOther(folder, ["index.html", shelfFile]);
  const here = (name: string) => path.join(folderOfPage, name);
  await writeWholeFolder(folder, async (part) => {
    const given = {
      policy,
      never: String(mostReadings + 1),
      most: String(mostReadings),
      middle: String(mostReadings / 2),
      copiedFrom: String(copiedFrom),
      sampleLength: String(sampleLength),
    };
    const files: Record<string, string> = {
      "index.html": filled(await readFile(here("index.html"), "utf8"), given).replace(
        "<!-- notebooks -->",
        notebooks
          ? `<p><a href="${escapeHtml(notebooks)}">The notebooks: do it yourself, and more</a></p>`
          : "",
      ),
      "page.css": await styleSheet(here("page.css")),
      "page.js": await pageScript(here("page.ts")),
    };
    for (const [name, content] of Object.entries(files)) await writeFile(path.join(part, name), content);
    await writePacked(path.join(part, workerFile), [await workerScript(here("worker.ts"))]);
    await writePacked(path.join(part, shelfFile), [JSON.stringify(shelf())]);
  });
  const names = (await readdir(folder)).sort();
  return Promise.all(
    names.map(async (name) => ({ name, bytes: (await stat(path.join(folder, name))).size })),
  );
}

/** `node setup/run.mjs site/explorable/build.ts FOLDER` */
export async function main(_projectRoot: string, [folder]: string[]): Promise<number> {
  if (!folder) {
    console.log("Expected a folder: node setup/run.mjs site/explorable/build.ts FOLDER");
    return 1;
  }
  for (const { name, bytes } of await buildExplorable(path.resolve(folder)))
    console.log(`${name} ${(bytes / 1000).toFixed(0)} kB`);
  return 0;
}
