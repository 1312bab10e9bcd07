/**
 * A network as a page of its own, for any server of files: it writes, is traced and goes on learning in the visitor's
 * browser. What the page is made of is in `web/`; here it is laid into a folder with the network and its texts.
 */
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Model } from "../lib/network/model";
import type { Library } from "../lib/text/library";
import type { Part } from "../lib/text/text";
import { writeWholeFolder } from "../lib/base/files/atomic-write";
import { refuseOther } from "../lib/base/files/refuse-other";
import { encodeModel } from "../lib/train/saved/model-file";
import { escapeHtml } from "../lib/show/style/html";
import { count } from "../lib/show/style/numbers";
import { variables } from "../lib/show/page/themed";
import { visible } from "../lib/show/style/visible";
import { pageScript, workerScript } from "./bundle";
import { libraryFile, networkFile, workerFile } from "./beside/names";
import { writePacked } from "./beside/pack";
import { heldOutBeside, type PackedLibrary } from "./beside/traced-in";

export interface ExportWebOptions {
  /** The heading of the page (default: "A network that writes"). */
  readonly title?: string;
  /** What the network is, in a sentence or two; by default, what it has read. */
  readonly about?: string;
}

export interface ExportedFile {
  readonly name: string;
  readonly bytes: number;
}

/**
 * Writes a folder with a page in which a network writes, and in which what it copies is traced in the texts that it has
 * read. They go with it: about 1.4 MB for three million characters, and 1.3 bytes for each weight. The page asks for nothing
 * but its own folder, wherever that stands on a server, or on a disk, from where it can be opened as a file.
 *
 * @param library in whose training parts the page traces
 * @param folder appears whole or not at all; in the place of one that was written so before
 * @returns the files of the folder
 * @throws where something else stands in that place
 * @example await exportWeb(model, library, "data/web/novels", { title: "Four novels" })
 */
export async function exportWeb(
  model: Model,
  library: Pick<Library, "texts" | "training">,
  folder: string,
  { title = "A network that writes", about = whatItHasRead(library) }: ExportWebOptions = {},
): Promise<ExportedFile[]> {
  await refuseOther(folder, ["index.html", [networkFile, "network.palimpsest"]]);
  await writeWholeFolder(folder, async (part) => {
    const words = { title, about, policy };
    const files: Record<string, string> = {
      "index.html": filled(await readFile(path.join(pageFolder, "index.html"), "utf8"), words),
      "page.css": await styleSheet(path.join(pageFolder, "page.css")),
      "page.js": await pageScript(),
      "README.md": howToServe(title),
    };
    for (const [name, content] of Object.entries(files)) await writeFile(path.join(part, name), content);
    const packed: Record<string, Iterable<string | Uint8Array>> = {
      [workerFile]: [await workerScript()],
      [networkFile]: [encodeModel(model, { precision: "int8" })],
      [libraryFile]: asJson(library.training, heldOutBeside(library.training)),
    };
    for (const [name, content] of Object.entries(packed)) await writePacked(path.join(part, name), content);
  });
  const names = (await readdir(folder)).sort();
  return Promise.all(
    names.map(async (name) => ({ name, bytes: (await stat(path.join(folder, name))).size })),
  );
}

/** As `PackedLibrary`, the parts one after another, so that of those that lie on disk no two are in memory. */
function* asJson(parts: readonly Part[], heldOut: PackedLibrary["heldOut"]): Generator<string, void, void> {
  yield `{"heldOut":${JSON.stringify(heldOut ?? null)},"parts":[`;
  for (const [index, part] of parts.entries())
    yield (index > 0 ? "," : "") + JSON.stringify({ ...part, stored: undefined });
  yield "]}";
}

// Not `__dirname`: in a CommonJS file that a module of ECMAScript imports, tsx has "data:text" there.
const pageFolder = path.dirname(__filename);

/**
 * The page may load scripts that lie beside it, and nothing else; the same holds in its worker, which the page makes itself, and
 * in that one's threads.
 */
export const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** A page's own style sheet behind the colours, light and dark, as variables, and what all pages look like. */
export async function styleSheet(own: string): Promise<string> {
  const colors = `${variables("light")}\n@media (prefers-color-scheme: dark) { ${variables("dark")} }`;
  const files = [path.join(pageFolder, "base.css"), own];
  return [colors, ...(await Promise.all(files.map((file) => readFile(file, "utf8"))))].join("\n");
}

/** A text with what stands for each name in double braces. */
export function filled(template: string, words: Record<string, string>): string {
  return template.replace(/{{(\w+)}}/g, (_, name: string) => escapeHtml(visible(words[name])));
}

function whatItHasRead({ texts }: Pick<Library, "texts">): string {
  const titles = [...new Set(texts.map(({ title }) => title))];
  const named = titles.slice(0, 6).join(", ");
  const more = titles.length > 6 ? ` and ${count(titles.length - 6)} more` : "";
  return `It has read ${named}${more}, and runs in this page.`;
}

function howToServe(title: string): string {
  return `# ${title}

A page with a network that writes: a double click on \`index.html\` opens it, and any server of files can serve this folder,
under any address. Where a browser refuses to run it as a file: \`python3 -m http.server\` in the folder, and then
http://localhost:8000.

It computes on one core. A server that sends the headers \`Cross-Origin-Opener-Policy: same-origin\` and
\`Cross-Origin-Embedder-Policy: require-corp\` lets it compute on several, and learn about twice as fast.

It asks for nothing outside of the folder, and what a visitor drops in stays on the visitor's machine. All of its data are
scripts, because a browser lets a page that was opened as a file load nothing else; each holds a file that gzip packed, in base64:
\`network.js\` the network, \`library.js\` the texts that it has read, \`worker.js\` the program, with TensorFlow.js in it,
whose licence is Apache 2.0.
`;
}
