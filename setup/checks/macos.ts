/**
 * `node setup/run.mjs setup/checks/macos.ts`: compiles the project's own C++ for a Mac with Apple's processor, by Zig's
 * compiler, which brings macOS' headers along. Run by hand: it shows that the sources compile there without a warning,
 * and nothing of how they run.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { SetupFailure } from "../bare/failure.mjs";
import { zigCommand } from "../bare/find.mjs";
import { runWithProgress } from "../bare/progress.mjs";
import { languageFlags, sourceFiles } from "../tensorflow/native";
import { tensorflowFolder, tensorflowVariant } from "../tensorflow/tensorflow";
import { installZig } from "../tensorflow/zig";

export async function main(projectRoot: string): Promise<number> {
  const tensorflow = tensorflowFolder(projectRoot, tensorflowVariant());
  if (!fs.existsSync(tensorflow))
    throw new SetupFailure("There are no headers of TensorFlow to compile against.", "npm run setup");
  await installZig(projectRoot);
  const headers = [tensorflow, path.join(projectRoot, "node_modules", "node-api-headers")];
  const flags = [
    ...["-target", "aarch64-macos", "-O3", "-Wall", "-Wextra", "-Werror", ...languageFlags],
    ...headers.flatMap((folder) => ["-isystem", path.join(folder, "include")]),
    ...["-DNAPI_VERSION=8", "-DNODE_GYP_MODULE_NAME=addon", "-c"],
  ];
  const around = ["quiet.cc", "stderr.cc"].map((name) => path.join("setup", "tensorflow", name));
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "palimpsest-macos-"));
  try {
    for (const file of [...sourceFiles(projectRoot), ...around]) {
      await runWithProgress(zigCommand(projectRoot), [...flags, file, "-o", path.join(scratch, "made.o")], {
        label: `Compiling ${file} for macOS`,
        cwd: projectRoot,
      });
    }
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
  console.log("The operations compile for macOS on aarch64 without a warning.");
  return 0;
}
