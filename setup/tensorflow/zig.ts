/**
 * Zig's C++ compiler, which is Clang with all that it needs: for machines without a compiler, also where nobody may
 * install one, as it is a package of PyPI. The module for WebAssembly is built by the same one (setup/wasm/build.ts).
 */
import fs from "node:fs";
import path from "node:path";
import { zigCommand, zigFolder } from "../bare/find.mjs";
import { pythonEnvironment } from "../environment";

/**
 * Fetches the compiler where it is not there yet, 100 MB that take 430 MB on the disk.
 *
 * @returns its Python, which runs it as the module `ziglang`
 * @throws {SetupFailure} where there is no Python, or where pip fails
 */
export function zigEnvironment(projectRoot: string): Promise<string> {
  return pythonEnvironment(projectRoot, { name: "wasm", requirements: "setup/wasm/requirements.txt" });
}

/**
 * Makes Zig's compiler one that `findCompiler` finds: a command that takes g++'s options.
 *
 * @throws {SetupFailure} as `zigEnvironment`
 */
export async function installZig(projectRoot: string): Promise<void> {
  const folder = zigFolder(projectRoot);
  const python = path.relative(folder, await zigEnvironment(projectRoot));
  const command = zigCommand(projectRoot);
  const script = [
    "#!/bin/sh",
    `# Zig's C++ compiler with g++'s options; written by \`npm run setup -- --zig\`.`,
    `folder=$(dirname "$0")`,
    `export ZIG_GLOBAL_CACHE_DIR="$folder/zig" ZIG_LOCAL_CACHE_DIR="$folder/zig"`,
    `exec "$folder/${python}" -m ziglang c++ "$@"`,
  ];
  fs.writeFileSync(`${command}.part`, `${script.join("\n")}\n`, { mode: 0o755 });
  fs.renameSync(`${command}.part`, command);
}
