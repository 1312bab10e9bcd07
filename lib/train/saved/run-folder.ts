/**
 * The folder of a run and the checkpoint folders in it, `iteration-0000500` and so on: written beside and renamed, old
 * ones removed, so that a process that dies at any moment leaves only whole checkpoints. What is in them is for
 * `checkpoint.ts`.
 */
import { readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { removeWhole, writeWholeFolder } from "../../base/files/atomic-write";
import { exists } from "../../base/files/exists";

/** Whether a folder has the name of a checkpoint. */
export function isCheckpoint(name: string): boolean {
  return /^iteration-\d+$/.test(name);
}

/** The checkpoints of a run, oldest first. */
export async function checkpointsIn(run: string): Promise<string[]> {
  const names = (await exists(run)) ? await readdir(run) : [];
  return names
    .filter(isCheckpoint)
    .sort()
    .map((name) => path.join(run, name));
}

/** The folder of the checkpoint of an iteration. */
export function checkpointFolder(run: string, iteration: number): string {
  return path.join(run, `iteration-${String(iteration).padStart(7, "0")}`);
}

/** The iteration of a checkpoint, by its folder's name. */
export function iterationOf(checkpoint: string): number {
  return Number(/\d+$/.exec(checkpoint));
}

/** Writes files into a folder that appears whole or not at all. One that is there already stays as it is. */
export async function writeFolder(folder: string, files: Record<string, string | Uint8Array>): Promise<void> {
  if (await exists(folder)) return;
  await removeUnfinished(path.dirname(folder));
  await writeWholeFolder(folder, async (part) => {
    for (const [name, content] of Object.entries(files)) await writeFile(path.join(part, name), content);
  });
}

/** Removes checkpoints, of which none stands there half removed. */
export async function removeFolders(folders: readonly string[]): Promise<void> {
  for (const folder of folders) await removeWhole(folder);
}

/** What was left in a run by a process that was killed, before such things were named for their process. */
async function removeUnfinished(run: string): Promise<void> {
  const names = await readdir(run).catch((): string[] => []);
  for (const name of names.filter((one) => one.startsWith(".unfinished-iteration-")))
    await rm(path.join(run, name), { recursive: true, force: true });
}

/**
 * Gives a checkpoint that is broken a name under which it is none.
 *
 * @example await putAside("data/runs/novels/iteration-0000500") // "data/runs/novels/iteration-0000500.broken-1"
 */
export async function putAside(checkpoint: string): Promise<string> {
  for (let count = 1; ; count++) {
    const aside = `${checkpoint}.broken-${count}`;
    if (await exists(aside)) continue;
    await rename(checkpoint, aside);
    return aside;
  }
}
