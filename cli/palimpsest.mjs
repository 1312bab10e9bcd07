#!/usr/bin/env node
/**
 * The command `palimpsest`: makes `node_modules` match package-lock.json where it does not, then hands over to
 * `program.ts`. Needs Node.js alone, and so does `palimpsest doctor`. Messages go to standard error, because standard
 * output belongs to the results.
 */
import console from "node:console";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import process from "node:process";
import { SetupFailure } from "../setup/bare/failure.mjs";
import { nodeIsNewEnough, nodeRemedy } from "../setup/bare/find.mjs";
import { alone } from "../setup/bare/lock.mjs";
import { installPackages, packagesInstalled } from "../setup/bare/packages.mjs";
import { doctor } from "./doctor.mjs";

// Without links: npm calls the command by a link of its own.
const projectRoot = path.join(fs.realpathSync(process.argv[1]), "..", "..");

main(process.argv.slice(2)).then(
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
 * @param {string[]} args
 * @returns {Promise<number>} the exit code
 */
async function main(args) {
  if (!nodeIsNewEnough()) throw new SetupFailure(`This is Node.js ${process.versions.node}.`, nodeRemedy());
  if (!packagesInstalled(projectRoot)) {
    if (args[0] === "doctor") return doctor(projectRoot, args.slice(1));
    await alone(
      projectRoot,
      async () => {
        if (!packagesInstalled(projectRoot)) await installPackages(projectRoot, process.stderr);
      },
      console.error,
    );
  }
  const require = createRequire(path.join(projectRoot, "package.json"));
  require("tsx/cjs");
  /** @type {{ main(projectRoot: string, args: string[]): Promise<number> }} */
  const program = require(path.join(projectRoot, "cli", "program.ts"));
  return program.main(projectRoot, args);
}
