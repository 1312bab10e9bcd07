/**
 * `npm run build:wasm`: compiles the network's own operations (lib/network/lstm/native/) to the WebAssembly module that comes
 * with the project, with Zig's C++ compiler from PyPI in an environment of its own. The same sources give the same bytes on
 * every machine.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { SetupFailure } from "../bare/failure.mjs";
import { runWithProgress } from "../bare/progress.mjs";
import { zigEnvironment } from "../tensorflow/zig";

/** Where the modules are, from the project's root. */
const modulesFolder = path.join("lib", "network", "lstm", "wasm");

/**
 * The modules, and which of their sources may use relaxed SIMD, which Node 20 does not know. Elsewhere the compiler
 * would also choose relaxed minima and maxima, by which numbers that are none get lost.
 */
const modules: Readonly<Record<string, (source: string) => boolean>> = {
  "palimpsest.wasm": () => false,
  "palimpsest-relaxed.wasm": (source) => source.startsWith("product/"),
};

/** 128-bit vectors; what must not depend on how the compiler sees fit. */
const flags = [
  ...["-target", "wasm32-wasi", "-mcpu=generic+atomics+bulk_memory+simd128", "-mexec-model=reactor"],
  ...["-std=c++17", "-O3", "-ffp-contract=fast", "-fno-math-errno", "-fno-trapping-math"],
  // Where Clang rewrites the addresses of a loop, it no longer knows that their distances can be part of an instruction.
  ...["-mllvm", "-disable-lsr"],
  ...["-fno-exceptions", "-fno-rtti", "-s", "-Wall", "-Wextra", "-Werror"],
];

const relaxedFlags = ["-Xclang", "-target-feature", "-Xclang", "+relaxed-simd"];

/** One memory for all threads, which JavaScript makes. */
const linkFlags = [
  "-Wl,-z,stack-size=1048576,--shared-memory,--import-memory,--max-memory=4294901760",
  "-Wl,--export=__stack_pointer,--export=__wasm_init_tls,--export=__tls_size,--export=__tls_align",
];

/** What WebAssembly has its own of, in `wasm/`. */
const elsewhere = /^(tensorflow\/|machine\/(threads|processors)\.cc$)/;

/**
 * Builds the modules anew.
 *
 * @param args `--check` leaves them as they are, and fails where the bytes are others
 */
export async function main(projectRoot: string, args: string[]): Promise<number> {
  if (args.includes("--check")) {
    await checkModules(projectRoot);
    console.log(`${Object.keys(modules).join(" and ")} are what their sources give.`);
    return 0;
  }
  await withBuilt(projectRoot, (name, built) => {
    const inPlace = path.join(projectRoot, modulesFolder, name);
    fs.copyFileSync(built, `${inPlace}.part`);
    fs.renameSync(`${inPlace}.part`, inPlace);
    console.log(`${name}: ${fs.statSync(inPlace).size} bytes`);
  });
  return 0;
}

/**
 * Builds the modules beside those that are there.
 *
 * @throws {SetupFailure} where they differ
 */
export async function checkModules(projectRoot: string): Promise<void> {
  await withBuilt(projectRoot, (name, built) => {
    const inPlace = path.join(projectRoot, modulesFolder, name);
    if (fs.readFileSync(built).equals(fs.readFileSync(inPlace))) return;
    throw new SetupFailure(
      `${name} is not what its sources give.`,
      "npm run build:wasm makes it anew; commit it with the sources.",
    );
  });
}

/** Calls `use` with each module's name and the file that was built of it. */
async function withBuilt(projectRoot: string, use: (name: string, built: string) => void): Promise<void> {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "palimpsest-wasm-"));
  try {
    for (const name of Object.keys(modules)) use(name, await build(projectRoot, name, scratch));
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

/** @returns the module's file, in `folder` */
async function build(projectRoot: string, name: string, folder: string): Promise<string> {
  const python = await zigEnvironment(projectRoot);
  // From there and by relative names, so that nothing of the machine is in what is made.
  const sources = path.join(projectRoot, "lib", "network", "lstm", "native");
  const cache = path.join(projectRoot, ".cache", "wasm", "zig");
  const compile = (args: readonly string[], what: string) =>
    runWithProgress(python, ["-m", "ziglang", "c++", ...flags, ...args], {
      label: `Compiling ${what} (the first time with the compiler's own C library: minutes)`,
      cwd: sources,
      env: { ...process.env, ZIG_GLOBAL_CACHE_DIR: cache, ZIG_LOCAL_CACHE_DIR: cache },
      remedy: "See the compiler's own words above.",
    });
  const files: string[] = [];
  for (const source of sourcesIn(sources)) {
    if (!modules[name](source)) {
      files.push(source);
      continue;
    }
    const object = path.join(folder, `${source.replaceAll("/", "-")}.o`);
    await compile([...relaxedFlags, "-c", source, "-o", object], source);
    files.push(object);
  }
  const made = path.join(folder, name);
  await compile([...linkFlags, ...files, "-o", made], name);
  return made;
}

/** The sources of the modules by their names from `folder`. */
function sourcesIn(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((file) => file.split(path.sep).join("/"))
    .filter((file) => file.endsWith(".cc") && !elsewhere.test(file))
    .sort();
}
