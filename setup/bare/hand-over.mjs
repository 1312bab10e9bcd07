/** What every command of the project begins with: the way from Node.js alone to TypeScript and its packages. */
import console from "node:console";
import { createRequire } from "node:module";
import path from "node:path";
import process from "node:process";
import { SetupFailure } from "./failure.mjs";
import { nodeIsNewEnough, nodeRemedy } from "./find.mjs";
import { alone } from "./lock.mjs";
import { installPackages, packagesInstalled } from "./packages.mjs";

/**
 * Makes `node_modules` match package-lock.json where it does not, calls `main(projectRoot, args)` of a TypeScript file, and
 * ends the process with the exit code that it gives. A failure of set-up is told in its own words, without a stack.
 *
 * @param {string} projectRoot
 * @param {string} file relative to the project's root
 * @param {string[]} args
 * @param {NodeJS.WriteStream} [stream] where the progress of npm goes
 */
export async function handOver(projectRoot, file, args, stream = process.stdout) {
  try {
    if (!nodeIsNewEnough()) throw new SetupFailure(`This is Node.js ${process.versions.node}.`, nodeRemedy());
    if (!packagesInstalled(projectRoot)) await installAlone(projectRoot, stream);
    const require = createRequire(path.join(projectRoot, "package.json"));
    require("tsx/cjs");
    /** @type {{ main(projectRoot: string, args: string[]): Promise<number> }} */
    const script = require(path.join(projectRoot, file));
    process.exitCode = await script.main(projectRoot, args);
  } catch (error) {
    // By its name, because tsx loads that class a second time.
    if (!(error instanceof Error) || error.name !== "SetupFailure") throw error;
    console.error(`\n${error.message}`);
    process.exitCode = 1;
  }
}

/**
 * @param {string} projectRoot
 * @param {NodeJS.WriteStream} stream
 */
function installAlone(projectRoot, stream) {
  return alone(
    projectRoot,
    async () => {
      if (!packagesInstalled(projectRoot)) await installPackages(projectRoot, stream);
    },
    (line) => stream.write(`${line}\n`),
  );
}
