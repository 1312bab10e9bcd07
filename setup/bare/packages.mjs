/** The npm packages of package-lock.json in `node_modules`, without running the packages' own install scripts. */
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import process from "node:process";
import { runWithProgress } from "./progress.mjs";
import { isStamped, writeStamp } from "./stamp.mjs";

const stampFile = (/** @type {string} */ root) => path.join(root, "node_modules", ".palimpsest.json");

/**
 * Whether `node_modules` is complete and made from the present package-lock.json.
 *
 * @param {string} root
 */
export function packagesInstalled(root) {
  return isStamped(stampFile(root), ingredients(root));
}

/**
 * Makes `node_modules` anew from package-lock.json. npm removes what is there before, whole or half.
 *
 * @param {string} root
 * @param {import("./progress.mjs").ProgressOptions["stream"]} [stream] where its progress goes
 */
export async function installPackages(root, stream) {
  const npm = npmCommand();
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
  await runWithProgress(npm.command, [...npm.args, ...args], {
    label: "Installing npm packages",
    cwd: root,
    stream,
    remedy: "Mend what npm names above (is the network there?), then run the same command again.",
  });
  writeStamp(stampFile(root), ingredients(root));
}

/** npm as it can be spawned: the one that runs this script, or the one on the PATH. */
export function npmCommand() {
  const script = process.env.npm_execpath;
  if (script?.endsWith("npm-cli.js")) return { command: process.execPath, args: [script] };
  return { command: "npm", args: [] };
}

/** @param {string} root */
function ingredients(root) {
  const lock = fs.readFileSync(path.join(root, "package-lock.json"));
  return { packageLock: createHash("sha256").update(lock).digest("hex") };
}
