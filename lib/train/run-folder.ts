/**
 * The folder of a run and the checkpoint folders in it, `iteration-0000500` and so on: written beside and renamed, old
 * ones removed, so that a process that dies at any moment leaves only whole checkpoints. What is in them is for
 * `checkpoint.ts`.
 */
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";

const whole = /^iteration-\d+$/;
const unfinished = ".unfinished-";

/** The checkpoints of a run, oldest first. */
export async function checkpointsIn(run: string): Promise<string[]> {
  const names = (await exists(run)) ? await readdir(run) : [];
  return names
    .filter((name) => whole.test(name))
    .sort()
    .map((name) => path.join(run, name));
}

/** The folder of the checkpoint of an iteration. */
export function checkpointFolder(run: string, iteration: number): string {
  return path.join(run, `iteration-${String(iteration).padStart(7, "0")}`);
}

/** Writes files into a folder that appears whole or not at all. One that is there already stays as it is. */
export async function writeFolder(folder: string, files: Record<string, string | Uint8Array>): Promise<void> {
  if (await exists(folder)) return;
  const run = path.dirname(folder);
  const beside = path.join(run, unfinished + path.basename(folder));
  await rm(beside, { recursive: true, force: true });
  await mkdir(beside, { recursive: true });
  for (const [name, content] of Object.entries(files)) await writeDurably(path.join(beside, name), content);
  await rename(beside, folder);
  await flush(run);
}

/** Removes checkpoints: each is renamed first, so that none stands there half removed. */
export async function removeFolders(folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    const aside = path.join(path.dirname(folder), unfinished + path.basename(folder));
    await rename(folder, aside);
    await rm(aside, { recursive: true, force: true });
  }
}

/**
 * Gives a run's folder another name, under which nobody is in the way.
 *
 * @returns the new name
 * @example await setAside("data/runs/novels") // "data/runs/novels.before-1"
 */
export async function setAside(run: string): Promise<string> {
  for (let count = 1; ; count++) {
    const aside = `${run}.before-${count}`;
    if (await exists(aside)) continue;
    await rename(run, aside);
    return aside;
  }
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

/** Writes a file and waits until the disk has it. */
async function writeDurably(file: string, content: string | Uint8Array): Promise<void> {
  const handle = await open(file, "w");
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Waits until the disk has a folder's names; some systems have no such thing for folders. */
async function flush(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
