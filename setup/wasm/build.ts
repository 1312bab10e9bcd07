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
import { pythonEnvironment } from "../environment";

/** Where the modules are, from the project's root. */
const modulesFolder = path.join("lib", "network", "lstm", "wasm");

/** The modules, and what only they are compiled with: the second one multiplies and adds in one instruction, which Node 20 does not know. */
const modules: Readonly<Record<string, readonly string[]>> = {
  "palimpsest.wasm": [],
  "palimpsest-relaxed.wasm": ["-Xclang", "-target-feature", "-Xclang", "+relaxed-simd"],
};

/**
 * 128-bit vectors; one memory for all threads, which JavaScript makes.
 */
const flags = [
  ...["-target", "wasm32-wasi", "-mcpu=generic+atomics+bulk_memory+simd128", "-mexec-model=reactor"],
  ...["-std=c++17", "-O3", "-ffp-contract=fast", "-fno-math-errno", "-fno-trapping-math"],
  // Where Clang rewrites the addresses of a loop, it no longer knows that their distances can be part of an instruction.
  ...["-mllvm", "-disable-lsr"],
  ...["-fno-exceptions", "-fno-rtti", "-s", "-Wall", "-Wextra", "-Werror"],
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
    await checkModule(projectRoot);
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
export async function checkModule(projectRoot: string): Promise<void> {
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
  const python = await pythonEnvironment(projectRoot, {
    name: "wasm",
    requirements: "setup/wasm/requirements.txt",
  });
  // From there and by relative names, so that nothing of the machine is in what is made.
  const sources = path.join(projectRoot, "lib", "network", "lstm", "native");
  const files = fs
    .readdirSync(sources, { recursive: true, encoding: "utf8" })
    .map((file) => file.split(path.sep).join("/"))
    .filter((file) => file.endsWith(".cc") && !elsewhere.test(file))
    .sort();
  const made = path.join(folder, name);
  const cache = path.join(projectRoot, ".cache", "wasm", "zig");
  await runWithProgress(python, ["-m", "ziglang", "c++", ...flags, ...modules[name], ...files, "-o", made], {
    label: `Compiling ${name} (the first time with the compiler's own C library: minutes)`,
    cwd: sources,
    env: { ...process.env, ZIG_GLOBAL_CACHE_DIR: cache, ZIG_LOCAL_CACHE_DIR: cache },
    remedy: "See the compiler's own words above.",
  });
  return made;
}
