/**
 * What npm scripts begin with: makes `node_modules` match package-lock.json, then calls `main` of the TypeScript file
 * that the first argument names, e.g. `node setup/run.mjs setup/start.ts --no-browser`. Needs Node.js alone.
 */
import console from "node:console";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import process from "node:process";
import { SetupFailure } from "./bare/failure.mjs";
import { nodeIsNewEnough, nodeRemedy } from "./bare/find.mjs";
import { alone } from "./bare/lock.mjs";
import { installPackages, packagesInstalled } from "./bare/packages.mjs";

// Without links, because what is compiled here remembers the folder.
const projectRoot = fs.realpathSync(path.join(process.argv[1], "..", ".."));

main(process.argv[2], process.argv.slice(3)).then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error) => {
    // By its name, because tsx loads that class a second time.
    if (error?.name !== "SetupFailure") throw error;
    console.error(`\n${error.message}`);
    process.exitCode = 1;
  },
);

/**
 * @param {string} file relative to the project's root
 * @param {string[]} args
 * @returns {Promise<number>} the exit code
 */
async function main(file, args) {
  if (!nodeIsNewEnough()) throw new SetupFailure(`This is Node.js ${process.versions.node}.`, nodeRemedy());
  if (!packagesInstalled(projectRoot)) {
    await alone(
      projectRoot,
      async () => {
        if (!packagesInstalled(projectRoot)) await installPackages(projectRoot);
      },
      console.log,
    );
  }
  const require = createRequire(path.join(projectRoot, "package.json"));
  require("tsx/cjs");
  /** @type {{ main(projectRoot: string, args: string[]): Promise<number> }} */
  const script = require(path.join(projectRoot, file));
  return script.main(projectRoot, args);
}
