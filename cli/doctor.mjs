/** `palimpsest doctor`: `npm run doctor` under another name; plain JavaScript, because it works before set-up. */
import { spawnSync } from "node:child_process";
import path from "node:path";
import process from "node:process";

/**
 * @param {string} projectRoot
 * @param {readonly string[]} args
 * @returns {number} the exit code
 */
export function doctor(projectRoot, args) {
  const script = path.join(projectRoot, "setup", "doctor.mjs");
  return spawnSync(process.execPath, [script, ...args], { stdio: "inherit" }).status ?? 1;
}
