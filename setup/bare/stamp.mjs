/**
 * A stamp says that something was made completely, and from what: a small JSON file that is written last. Where it
 * is missing, or names other ingredients, the thing is made anew, and so an interrupted set-up repeats that step.
 */
import fs from "node:fs";
import path from "node:path";
import process from "node:process";
import { isDeepStrictEqual } from "node:util";

/**
 * What a stamp holds; undefined where there is none.
 *
 * @param {string} file
 * @returns {Record<string, unknown> | undefined}
 */
export function readStamp(file) {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/**
 * Whether the thing was made from just these ingredients.
 *
 * @param {string} file
 * @param {Record<string, unknown>} ingredients
 */
export function isStamped(file, ingredients) {
  return isDeepStrictEqual(readStamp(file), ingredients);
}

/**
 * @param {string} file
 * @param {Record<string, unknown>} ingredients
 */
export function writeStamp(file, ingredients) {
  writeWhole(file, `${JSON.stringify(ingredients, null, 2)}\n`);
}

/**
 * Writes a file beside its place and renames it, so that nobody ever reads half of it.
 *
 * @param {string} file
 * @param {string} content
 */
export function writeWhole(file, content) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const beside = `${file}.${process.pid}.part`;
  fs.writeFileSync(beside, content);
  fs.renameSync(beside, file);
}
