/** What is said where there is no file of a name: which there are, the most alike first. */
import { readdirSync } from "node:fs";
import path from "node:path";

/** Names that are told. */
const most = 6;

export function noSuchFile(file: string, cause: unknown): Error {
  return new Error([`Expected a text in ${file}, found no such file`, ...others(file)].join(". "), { cause });
}

function others(file: string): string[] {
  const folder = path.dirname(file);
  const place = folder === "." ? "this folder" : `the folder ${folder}`;
  let names: string[];
  try {
    names = readdirSync(folder, { withFileTypes: true })
      .filter((entry) => !entry.isDirectory() && !entry.name.startsWith("."))
      .map(({ name }) => name);
  } catch {
    return [`There is no folder ${folder} either`];
  }
  if (names.length === 0) return [];
  const wanted = path.basename(file);
  const sorted = names.sort(
    (one, other) => alike(other, wanted) - alike(one, wanted) || (one < other ? -1 : 1),
  );
  const told = sorted.slice(0, most).join(", ");
  return [`In ${place} there are ${told}${names.length > most ? ` and ${names.length - most} more` : ""}`];
}

/** How many letters two names have in common at their beginnings. */
function alike(one: string, other: string): number {
  const [first, second] = [one.toLowerCase(), other.toLowerCase()];
  let length = 0;
  while (length < first.length && first[length] === second[length]) length++;
  return length;
}
