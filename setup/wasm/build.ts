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

/** The module, from the project's root. */
const moduleFile = path.join("lib", "network", "lstm", "wasm", "palimpsest.wasm");

/**
 * 128-bit vectors without their relaxed kind, which Node 20 does not know and by which numbers that are none get lost; one memory for all threads,
 * which JavaScript makes.
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
 * Builds the module anew.
 *
 * @param args `--check` leaves it as it is, and fails where the bytes are others
 */
export async function main(projectRoot: string, args: string[]): Promise<number> {
  const inPlace = path.join(projectRoot, moduleFile);
  if (args.includes("--check")) {
    await checkModule(projectRoot);
    console.log(`${moduleFile} is what its sources give.`);
    return 0;
  }
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "palimpsest-wasm-"));
  try {
    fs.copyFileSync(await build(projectRoot, scratch), `${inPlace}.part`);
    fs.renameSync(`${inPlace}.part`, inPlace);
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
  console.log(`${moduleFile}: ${fs.statSync(inPlace).size} bytes`);
  return 0;
}

/**
 * Builds the module beside the one that is there.
 *
 * @throws {SetupFailure} where they differ
 */
export async function checkModule(projectRoot: string): Promise<void> {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "palimpsest-wasm-"));
  try {
    const built = fs.readFileSync(await build(projectRoot, scratch));
    if (built.equals(fs.readFileSync(path.join(projectRoot, moduleFile)))) return;
    throw new SetupFailure(
      `${moduleFile} is not what its sources give.`,
      "npm run build:wasm makes it anew; commit it with the sources.",
    );
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

/** @returns the module's file, in `folder` */
async function build(projectRoot: string, folder: string): Promise<string> {
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
  const made = path.join(folder, "palimpsest.wasm");
  const cache = path.join(projectRoot, ".cache", "wasm", "zig");
  await runWithProgress(python, ["-m", "ziglang", "c++", ...flags, ...files, "-o", made], {
    label: "Compiling the LSTM to WebAssembly (the first time with the compiler's own C library: minutes)",
    cwd: sources,
    env: { ...process.env, ZIG_GLOBAL_CACHE_DIR: cache, ZIG_LOCAL_CACHE_DIR: cache },
    remedy: "See the compiler's own words above.",
  });
  return made;
}
