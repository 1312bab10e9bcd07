/**
 * A network as a page of its own, for any server of files: it writes, is traced and goes on learning in the visitor's
 * browser. What the page is made of is in `web/`; here it is bundled and laid into a folder with the network and its texts.
 */
import { build, type Plugin } from "esbuild";
import { cp, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { createWriteStream } from "node:fs";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type { Model } from "../lib/network/model";
import type { Library } from "../lib/text/library";
import type { Part } from "../lib/text/text";
import { writeWholeFolder } from "../lib/base/files/atomic-write";
import { encodeModel } from "../lib/train/saved/model-file";
import { escapeHtml } from "../lib/show/style/html";
import { count } from "../lib/show/style/numbers";
import { variables } from "../lib/show/page/themed";
import { visible } from "../lib/show/style/visible";

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
 * read. They go with it: about a megabyte for three million characters, and two bytes for each weight. The page asks for
 * nothing but its own folder, wherever that stands on a server.
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
  await refuseOther(folder);
  await writeWholeFolder(folder, async (part) => {
    const words = { title, about, policy };
    const files: Record<string, string | Uint8Array> = {
      "index.html": filled(await readFile(path.join(pageFolder, "index.html"), "utf8"), words),
      "page.css": `${colors}\n${await readFile(path.join(pageFolder, "page.css"), "utf8")}`,
      "README.md": howToServe(title),
      "network.palimpsest": encodeModel(model, { precision: "fp16" }),
    };
    for (const [name, content] of Object.entries(files)) await writeFile(path.join(part, name), content);
    const packed = [createGzip({ level: 9 }), createWriteStream(path.join(part, "library.gz"))] as const;
    await pipeline(Readable.from(asJson(library.training)), ...packed);
    for (const name of wasm) await cp(path.join(wasmFolder, name), path.join(part, name));
    await bundle(part);
  });
  const names = (await readdir(folder)).sort();
  return Promise.all(
    names.map(async (name) => ({ name, bytes: (await stat(path.join(folder, name))).size })),
  );
}

/** Parts as JSON, one after another, so that of those that lie on disk no two are in memory. */
function* asJson(parts: readonly Part[]): Generator<string, void, void> {
  let before = "[";
  for (const part of parts) {
    yield before + JSON.stringify({ ...part, stored: undefined });
    before = ",";
  }
  yield before === "[" ? "[]" : "]";
}

// Not `__dirname`: in a CommonJS file that a module of ECMAScript imports, tsx has "data:text" there.
const pageFolder = path.dirname(__filename);
const project = path.join(pageFolder, "..");

/** TensorFlow.js' own, with vector instructions and for browsers without them. */
const wasm = ["tfjs-backend-wasm.wasm", "tfjs-backend-wasm-simd.wasm"];
const wasmFolder = path.dirname(require.resolve("@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm"));

/** The page may load what lies beside it, and nothing else; the same holds in its worker, which the page makes itself. */
const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src blob:",
  "connect-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

const colors = `${variables("light")}\n@media (prefers-color-scheme: dark) { ${variables("dark")} }`;

/** Files of `lib` that do not run in a browser, and what stands for them there. */
const instead = new Map(
  Object.entries({
    "lib/network/tensorflow.ts": "web/stand-ins/tensorflow.ts",
    "lib/network/implementation.ts": "web/stand-ins/implementation.ts",
    "lib/text/encoding/detect.ts": "web/stand-ins/detect.ts",
    "lib/text/documents/pdf/pdf.ts": "web/stand-ins/pdf.ts",
    "lib/text/sources/fetch.ts": "web/stand-ins/fetch.ts",
    "lib/text/sources/sources.ts": "web/stand-ins/sources.ts",
    "lib/base/files/atomic-write.ts": "web/stand-ins/atomic-write.ts",
    "lib/train/saved/checkpoint.ts": "web/stand-ins/runs.ts",
    "lib/train/saved/claim.ts": "web/stand-ins/runs.ts",
    "lib/train/saved/run-lock.ts": "web/stand-ins/runs.ts",
  }).map(([name, other]) => [path.join(project, name), path.join(project, other)]),
);

/** Modules of Node of which the page needs something; the others are empty in it. */
const ofNode = new Map(
  Object.entries({
    "node:timers/promises": "timers.ts",
    "node:crypto": "crypto.ts",
    "node:buffer": "buffer.ts",
    "node:zlib": "zlib.ts",
  }).map(([name, file]) => [name, path.join(pageFolder, "node", file)]),
);

const forBrowser: Plugin = {
  name: "for a browser",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:/ }, ({ path: name }) => {
      const file = ofNode.get(name);
      return file ? { path: file } : { path: name, namespace: "empty" };
    });
    onLoad({ filter: /.*/, namespace: "empty" }, () => ({ contents: "module.exports = {};" }));
    onResolve({ filter: /^\./ }, ({ path: name, resolveDir }) => {
      const other = instead.get(`${path.join(resolveDir, name)}.ts`);
      return other ? { path: other } : undefined;
    });
  },
};

async function bundle(folder: string): Promise<void> {
  await build({
    entryPoints: ["page.ts", "worker.ts"].map((name) => path.join(pageFolder, name)),
    outdir: folder,
    bundle: true,
    format: "iife",
    platform: "browser",
    target: "es2022",
    minify: true,
    legalComments: "eof",
    logLevel: "silent", // what fails is thrown
    inject: [path.join(pageFolder, "node", "globals.ts")],
    plugins: [forBrowser],
  });
}

/** A text with what stands for each name in double braces. */
function filled(template: string, words: Record<string, string>): string {
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

A page with a network that writes. Any server of files can serve this folder, under any address; for a look at it on this
machine: \`python3 -m http.server\` in the folder, and then http://localhost:8000. Opened as a file it does not work. It
asks for nothing outside of the folder, and what a visitor drops in stays on the visitor's machine. In \`library.gz\` are
the texts that the network has read, in \`worker.js\` TensorFlow.js, whose licence is Apache 2.0.
`;
}

/** Nothing is overwritten but an older page. */
async function refuseOther(folder: string): Promise<void> {
  const names = await readdir(folder).catch((): string[] => []);
  if (names.length > 0 && !["index.html", "network.palimpsest"].every((name) => names.includes(name)))
    throw new Error(`Expected no folder ${folder}, or one that was exported before, found ${names[0]} in it`);
}
