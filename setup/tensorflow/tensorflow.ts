/**
 * TensorFlow's own libraries and headers, from the wheel on PyPI: everything that is compiled here is compiled
 * against them. They do not depend on the Python that fetches them, and so lie outside `.venv`.
 */
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { findGpus } from "../bare/find.mjs";
import { pip } from "../python";

/** The wheel with CUDA and its libraries, or the one without. */
export type Variant = "cpu" | "gpu";

/** The variant for this machine: with CUDA where `nvidia-smi` shows a GPU. */
export function tensorflowVariant(): Variant {
  return findGpus().length > 0 ? "gpu" : "cpu";
}

/**
 * Where a variant is installed, or would be: the folder of the package `tensorflow`, with `include/` and the libraries.
 * It appears whole or not at all, so that its being there is all there is to check.
 */
export function tensorflowFolder(projectRoot: string, variant: Variant): string {
  const key = createHash("sha256").update(requirements(projectRoot, variant)).digest("hex").slice(0, 8);
  return path.join(projectRoot, ".cache", "tensorflow", `${variant}-${key}`, "tensorflow");
}

/** TensorFlow's two libraries in its folder, as a compiler is to link them. */
export function tensorflowLibraries(folder: string): string[] {
  return ["cc", "framework"].map((name) =>
    path.join(
      folder,
      process.platform === "darwin" ? `libtensorflow_${name}.2.dylib` : `libtensorflow_${name}.so.2`,
    ),
  );
}

/** Fetches the wheel, where it is not there yet. */
export async function installTensorflow(projectRoot: string, variant: Variant): Promise<void> {
  const folder = path.dirname(tensorflowFolder(projectRoot, variant));
  if (!fs.existsSync(folder)) await fetchTensorflow(projectRoot, variant, folder);
  if (variant === "gpu") linkSolver(folder);
}

async function fetchTensorflow(projectRoot: string, variant: Variant, folder: string): Promise<void> {
  const beside = `${folder}.part`;
  fs.rmSync(beside, { recursive: true, force: true });
  const file = requirementsFile(projectRoot, variant);
  const anyPython = [
    "--python-version",
    "3.12",
    "--implementation",
    "cp",
    "--only-binary",
    ":all:",
    "--no-compile",
  ];
  const args = ["--target", beside, "--no-deps", ...anyPython, "--requirement", file];
  await pip(projectRoot, args, `Installing TensorFlow for ${variant === "gpu" ? "the GPU" : "the CPU"}`);
  fs.renameSync(beside, folder);
}

/**
 * Puts CUDA's solver where TensorFlow looks for it. `libtensorflow_framework.so.2`, which opens CUDA's libraries, has the folders
 * of all of them in its RUNPATH but that one (2.21.0), and where one is missing TensorFlow uses no GPU. The loader takes a link
 * for a file in the folder where the link is; there it finds as well what the solver needs.
 *
 * @param folder where `tensorflow` and `nvidia` were installed
 */
export function linkSolver(folder: string): void {
  const file = path.join("cusolver", "lib", "libcusolver.so.11");
  const link = path.join(folder, "nvidia", "cusparse", "lib", path.basename(file));
  if (fs.existsSync(link) || !fs.existsSync(path.join(folder, "nvidia", file))) return;
  fs.symlinkSync(path.join("..", "..", file), link);
}

/** Removes what other variants and versions have left: gigabytes that nothing is linked to any more. */
export function removeOtherTensorflows(projectRoot: string, variant: Variant): void {
  const { dir, base } = path.parse(path.dirname(tensorflowFolder(projectRoot, variant)));
  for (const name of fs.readdirSync(dir)) {
    if (name !== base) fs.rmSync(path.join(dir, name), { recursive: true, force: true });
  }
}

function requirements(projectRoot: string, variant: Variant): string {
  return fs.readFileSync(requirementsFile(projectRoot, variant), "utf8");
}

function requirementsFile(projectRoot: string, variant: Variant): string {
  return path.join(projectRoot, "setup", "tensorflow", `${variant}.txt`);
}
