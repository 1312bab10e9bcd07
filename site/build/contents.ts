/** The files of the site as JupyterLite finds them: each folder's list, and the files themselves. */
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

/** A file that the site shows in its file browser. */
export interface SiteContent {
  /** From the root of the file browser: "notebooks/02-train-a-poet.ipynb". */
  readonly path: string;
  readonly text: string;
}

/** Of what day files say to be; the same each time, so that equal sites have equal files. */
const day = "2026-01-01T00:00:00.000Z";

/** @param folder JupyterLite's */
export async function writeContents(folder: string, contents: readonly SiteContent[]): Promise<void> {
  for (const { path: name, text } of contents) await write(path.join(folder, "files", name), text);
  const folders = new Set(contents.flatMap(({ path: name }) => [...foldersOf(name)]));
  for (const one of folders) {
    const models = [
      ...[...folders].filter((other) => other !== "" && parent(other) === one).map(folderModel),
      ...contents.filter(({ path: name }) => parent(name) === one).map(fileModel),
    ];
    const list = { ...folderModel(one), content: models, format: "json" };
    await write(path.join(folder, "api/contents", one, "all.json"), JSON.stringify(list));
  }
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
}

function parent(name: string): string {
  return name.includes("/") ? name.slice(0, name.lastIndexOf("/")) : "";
}

/** "a/b/c.txt" -> "a/b", "a", "" */
function* foldersOf(name: string): Generator<string> {
  for (let folder = parent(name); ; folder = parent(folder)) {
    yield folder;
    if (folder === "") return;
  }
}

function model(name: string, rest: object) {
  const dates = { created: day, last_modified: day };
  return { name: path.posix.basename(name), path: name, content: null, writable: true, ...dates, ...rest };
}

function folderModel(name: string) {
  return model(name, { type: "directory", format: null, mimetype: null, size: null });
}

function fileModel({ path: name, text }: SiteContent) {
  const isNotebook = name.endsWith(".ipynb");
  const size = Buffer.byteLength(text);
  return isNotebook
    ? model(name, { type: "notebook", format: null, mimetype: null, size })
    : model(name, { type: "file", format: null, mimetype: "text/plain", size });
}
