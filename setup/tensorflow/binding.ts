/** TensorFlow's binding for Node.js: the two files of the npm package, compiled here against the wheel's TensorFlow. */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { SetupFailure } from "../bare/failure.mjs";
import { bindingFile } from "../bare/project.mjs";
import { compile } from "./compiler";
import { tensorflowLibraries } from "./tensorflow";

/**
 * Compiles the binding against the TensorFlow in `tensorflow`, sees whether it loads, and puts it in its place.
 *
 * @throws {SetupFailure} where the compiler fails or the result does not load
 */
export async function compileBinding(projectRoot: string, tensorflow: string): Promise<void> {
  const modules = path.join(projectRoot, "node_modules");
  const npmPackage = path.join(modules, "@tensorflow", "tfjs-node-gpu");
  const sources = ["tfjs_backend.cc", "tfjs_binding.cc"].map((name) =>
    path.join(npmPackage, "binding", name),
  );
  const includes = [
    path.join(modules, "node-api-headers", "include"),
    path.join(tensorflow, "include"),
    npmPackage,
  ];
  const beside = bindingFile(projectRoot).replace(/\.node$/, ".part.node");
  fs.mkdirSync(path.dirname(beside), { recursive: true });
  await compile(
    projectRoot,
    [
      ...["-O2", "-std=c++17", "-fPIC", "-shared", "-DNAPI_VERSION=8"],
      ...includes.map((folder) => `-I${folder}`),
      ...sources,
      path.join(projectRoot, "setup", "tensorflow", "quiet.cc"),
      ...["-o", beside],
      ...tensorflowLibraries(tensorflow),
      `-Wl,-rpath,${tensorflow}`,
      ...(process.platform === "darwin" ? ["-undefined", "dynamic_lookup"] : []),
    ],
    { label: "Compiling TensorFlow's binding for Node.js" },
  );
  checkBinding(beside);
  fs.renameSync(beside, bindingFile(projectRoot));
}

/**
 * Loads a binding in a process of its own, which a wrong one may crash.
 *
 * @returns the version of TensorFlow, e.g. "2.21.0"
 * @throws {SetupFailure} where it does not load
 */
export function checkBinding(file: string): string {
  const script = `console.log(require(${JSON.stringify(file)}).TF_Version)`;
  const child = spawnSync(process.execPath, ["--eval", script], { encoding: "utf8", timeout: 120_000 });
  if (child.status === 0) return child.stdout.trim();
  const words = /Error: (.*)/.exec(child.stderr)?.[1] ?? child.signal ?? `exit code ${child.status}`;
  throw new SetupFailure(`TensorFlow's binding does not load: ${words}`, "npm run setup makes it anew.");
}
