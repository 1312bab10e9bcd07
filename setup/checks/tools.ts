/**
 * What checks the code: types, lint and format, of TypeScript, Python and C++. Each says by its exit code whether all
 * is well.
 */
import fs from "node:fs";
import path from "node:path";
import { installedBackend } from "../tensorflow/backend";
import { findCompiler } from "../tensorflow/compiler";
import { pythonEnvironment } from "../environment";

export interface Tool {
  readonly label: string;
  readonly command: string;
  readonly args: readonly string[];
}

export async function tools(projectRoot: string): Promise<Tool[]> {
  return [...typescriptTools(projectRoot), ...(await otherTools(projectRoot))];
}

const cruised = [
  ...["--config", "setup/checks/dependencies.cjs", "--output-type", "err-long"],
  ...["lib", "cli", "web", "site", "setup", "bench", "pretrained", "test"],
];

function typescriptTools(projectRoot: string): Tool[] {
  const scripts: [label: string, script: string, ...args: string[]][] = [
    ["tsc", "node_modules/typescript/bin/tsc", "--project", "."],
    ["tslab's tsc", "setup/run.mjs", "setup/checks/kernel-types.ts"],
    ["tsc, of the page", "node_modules/typescript/bin/tsc", "--project", "web"],
    ["tsc, of the site", "node_modules/typescript/bin/tsc", "--project", "site"],
    ["tsc, of the explorable", "node_modules/typescript/bin/tsc", "--project", "site/explorable"],
    ["eslint", "node_modules/eslint/bin/eslint.js", ".", "--cache", "--cache-location", ".cache/eslint/"],
    ["dependency-cruiser", "node_modules/dependency-cruiser/bin/dependency-cruise.mjs", ...cruised],
    ["prettier", "node_modules/prettier/bin/prettier.cjs", "--check", "."],
  ];
  return scripts.map(([label, script, ...args]) => ({
    label,
    command: process.execPath,
    args: [path.join(projectRoot, script), ...args],
  }));
}

async function otherTools(projectRoot: string): Promise<Tool[]> {
  const python = await pythonEnvironment(projectRoot, {
    name: "checks",
    requirements: "setup/checks/requirements.txt",
  });
  const tool = (name: string) => path.join(path.dirname(python), name);
  const inPython = filesOf(projectRoot, /\.py$/);
  const inCpp = filesOf(projectRoot, /\.(cc|h|c)$/);
  const ruff = ["--config", "setup/checks/ruff.toml", ...inPython];
  const typed = inPython.filter((file) => /^(lib|setup)\//.test(file));
  const style = "--style=file:lib/network/lstm/native/.clang-format";
  return [
    { label: "ruff", command: tool("ruff"), args: ["check", "--quiet", ...ruff] },
    { label: "ruff's format", command: tool("ruff"), args: ["format", "--check", "--quiet", ...ruff] },
    // What Optuna and Jupyter say of their types is not asked: they are in other environments.
    { label: "mypy", command: tool("mypy"), args: ["--strict", "--ignore-missing-imports", ...typed] },
    {
      label: "clang-format",
      command: tool("clang-format"),
      args: [style, "--dry-run", "--Werror", ...inCpp],
    },
    ...warnings(projectRoot, inCpp),
  ];
}

/** The compiler's warnings, each an error, where there is a TensorFlow to compile against. */
function warnings(projectRoot: string, files: readonly string[]): Tool[] {
  const command = findCompiler(projectRoot);
  const tensorflow = installedBackend(projectRoot)?.tensorflow;
  if (command === undefined || !tensorflow) return [];
  const sources = files.filter((file) => /^lib\/.*\.cc$/.test(file) && !file.includes("/native/wasm/"));
  const flags = ["-std=c++17", "-fsyntax-only", "-Wall", "-Wextra", "-Werror"];
  const include = `-isystem${path.join(tensorflow, "include")}`;
  return [{ label: "the compiler's warnings", command, args: [...flags, include, ...sources] }];
}

/** The project's own files of a kind, from its root. */
function filesOf(projectRoot: string, kind: RegExp): string[] {
  const folders = ["lib", "setup", "bench", "test", "cli", "web", "pretrained"];
  return folders
    .flatMap((folder) =>
      fs
        .readdirSync(path.join(projectRoot, folder), { recursive: true, encoding: "utf8" })
        .map((name) => path.join(folder, name)),
    )
    .filter((file) => kind.test(file) && !file.includes("__pycache__"));
}
