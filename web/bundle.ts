/** The scripts of the page, each with all that it is made of in one piece; what stands in for Node.js in them. */
import { build, type BuildOptions, type Plugin } from "esbuild";
import { readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";

// Not `__dirname`: in a CommonJS file that a module of ECMAScript imports, tsx has "data:text" there.
const pageFolder = path.dirname(__filename);
const project = path.join(pageFolder, "..");

/** What does not run in any browser, and what stands for it there. The site's kernel has these stand-ins too. */
export const insteadInBrowsers = {
  "lib/network/tensorflow.ts": "web/stand-ins/tensorflow.ts",
  "lib/network/lstm/fused/native.ts": "web/stand-ins/native.ts",
  "lib/text/encoding/detect.ts": "web/stand-ins/detect.ts",
  "lib/text/documents/pdf/pdf.ts": "web/stand-ins/pdf.ts",
};

/** What does not run in a page, and what stands for it there. */
const instead = standIns({
  ...insteadInBrowsers,
  "lib/text/sources/fetch.ts": "web/stand-ins/fetch.ts",
  "lib/text/sources/sources.ts": "web/stand-ins/sources.ts",
  "lib/base/files/atomic-write.ts": "web/stand-ins/atomic-write.ts",
  "lib/train/saved/checkpoint.ts": "web/stand-ins/runs.ts",
  "lib/train/saved/claim.ts": "web/stand-ins/runs.ts",
});

/** Modules of Node of which the page needs something; the others are empty in it. */
const ofNode = filesByName(path.join(pageFolder, "node"), {
  "node:timers/promises": "timers.ts",
  "node:crypto": "crypto.ts",
  "node:buffer": "buffer.ts",
  "node:zlib": "zlib.ts",
});

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

/** Holds modules of WebAssembly as `computing/open-module.ts` expects them. */
export const packedModules: Plugin = {
  name: "packed modules",
  setup({ onLoad }) {
    onLoad({ filter: /\.wasm$/ }, ({ path: file }) => ({
      contents: gzipSync(readFileSync(file), { level: 9 }),
      loader: "binary",
    }));
  },
};

/** The file that stands for another, by the path of that one; both are given as they are named in the project. */
export function standIns(names: Record<string, string>): Map<string, string> {
  const pairs = Object.entries(names);
  return new Map(pairs.map(([name, other]) => [path.join(project, name), path.join(project, other)]));
}

/** The path of each file of a folder, by the name under which it is looked for. */
export function filesByName(folder: string, files: Record<string, string>): Map<string, string> {
  return new Map(Object.entries(files).map(([name, file]) => [name, path.join(folder, file)]));
}

/**
 * The script of a page.
 *
 * @param entry the file that it is made of (default: the page of an exported network)
 */
export function pageScript(entry = path.join(pageFolder, "page.ts")): Promise<string> {
  return bundled(entry);
}

/**
 * A script for a worker that computes by the page's own means, with the module in WebAssembly and what its threads run.
 *
 * @param entry the file that it is made of; what the page's worker runs
 */
export async function workerScript(entry = path.join(pageFolder, "worker.ts")): Promise<string> {
  return bundled(entry, { define: { threadScript: JSON.stringify(await threadScript()) } });
}

/** What the threads of the module run. */
export function threadScript(): Promise<string> {
  return bundled(path.join(pageFolder, "computing", "thread.ts"));
}

async function bundled(entry: string, options: BuildOptions = {}): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    write: false,
    bundle: true,
    format: "iife",
    platform: "browser",
    target: "es2022",
    minify: true,
    legalComments: "eof",
    logLevel: "silent", // what fails is thrown
    inject: [path.join(pageFolder, "node", "globals.ts")],
    plugins: [forBrowser, packedModules],
    ...options,
  });
  return outputFiles![0].text;
}
