/** Other versions of Node.js than the one that runs, out of the npm packages that hold it ready-made, for the tests. */
import fs from "node:fs";
import path from "node:path";
import { SetupFailure } from "../bare/failure.mjs";
import { npmCommand } from "../bare/packages.mjs";
import { runWithProgress } from "../bare/progress.mjs";

/**
 * The program of a version, which is installed below `.cache/nodes` where it is missing.
 *
 * @param version the major number, such as "24"
 * @throws {SetupFailure} where npm cannot install it
 */
export async function otherNode(projectRoot: string, version: string): Promise<string> {
  const system = process.platform === "win32" ? "win" : process.platform;
  const name = `node-${system}-${process.arch}`;
  const folder = path.join(projectRoot, ".cache", "nodes", version);
  const program = path.join(
    folder,
    "node_modules",
    name,
    "bin",
    process.platform === "win32" ? "node.exe" : "node",
  );
  if (fs.existsSync(program)) return program;
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, "package.json"), JSON.stringify({ private: true }));
  const { command, args } = npmCommand();
  const install = ["install", "--no-audit", "--no-fund", "--no-save", "--ignore-scripts"];
  await runWithProgress(command, [...args, ...install, `${name}@${version}`], {
    label: `Installing Node.js ${version}`,
    cwd: folder,
    remedy: "Look whether the npm registry can be reached from here, or leave --nodes out.",
  });
  if (!fs.existsSync(program))
    throw new SetupFailure(`Expected ${program} to be installed, found none`, "Leave --nodes out.");
  return program;
}
