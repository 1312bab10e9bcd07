#!/usr/bin/env node
/**
 * The command `palimpsest`: hands over to `program.ts`. Needs Node.js alone, and so does `palimpsest doctor`. Messages go to
 * standard error, because standard output belongs to the results.
 */
import fs from "node:fs";
import path from "node:path";
import process from "node:process";
import { handOver } from "../setup/bare/hand-over.mjs";
import { packagesInstalled } from "../setup/bare/packages.mjs";
import { doctor } from "./doctor.mjs";

// Without links: npm calls the command by a link of its own.
const projectRoot = path.join(fs.realpathSync(process.argv[1]), "..", "..");
const args = process.argv.slice(2);

if (args[0] === "doctor" && !packagesInstalled(projectRoot)) {
  process.exitCode = doctor(projectRoot, args.slice(1));
} else {
  void handOver(projectRoot, path.join("cli", "program.ts"), args, process.stderr);
}
