/** What is said where a run is looked for and there is none: which there are, the one that may be meant first. */
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { nearest } from "../../base/nearest";
import { isCheckpoint } from "./run-folder";

/** Names that are told. */
const most = 6;

export function noSuchRun(place: string): Error {
  const parent = path.dirname(place);
  const names = foldersIn(parent).filter((name) => foldersIn(path.join(parent, name)).some(isCheckpoint));
  const meant = nearest(path.basename(place), names);
  const sorted = names.sort((one, other) => Number(other === meant) - Number(one === meant));
  const told =
    sorted.slice(0, most).join(", ") + (sorted.length > most ? ` and ${sorted.length - most} more` : "");
  const there = names.length > 0 ? `. In ${parent} there ${names.length === 1 ? "is" : "are"} ${told}` : "";
  return new Error(`Expected a checkpoint or a run with checkpoints in ${place}, found none${there}`);
}

function foldersIn(place: string): string[] {
  if (!existsSync(place)) return [];
  try {
    const entries = readdirSync(place, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  } catch {
    return []; // A file, or nothing that may be read.
  }
}
