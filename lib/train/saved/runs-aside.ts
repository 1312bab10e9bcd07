/**
 * Runs that were in the way of another training of the same name: they get another name, `novels.before-1` and so on, and stay
 * until somebody clears them.
 */
import { readdir, rename } from "node:fs/promises";
import path from "node:path";
import { bytesIn } from "../../base/files/bytes-in";
import { removeWhole } from "../../base/files/atomic-write";
import { runFolder, runs } from "./places";
import { lockRun } from "./run-lock";

export interface RunAside {
  readonly folder: string;
  readonly bytes: number;
}

/**
 * Gives a run's folder another name, under which nobody is in the way.
 *
 * @returns the new name
 * @example await setAside("data/runs/novels") // "data/runs/novels.before-1"
 */
export async function setAside(run: string): Promise<string> {
  const taken = await namesAside(run);
  for (let count = 1; ; count++) {
    const name = `${path.basename(run)}.before-${count}`;
    if (taken.includes(name)) continue;
    const aside = path.join(path.dirname(run), name);
    await rename(run, aside);
    return aside;
  }
}

/**
 * The runs that were set aside, and what they take of the disk.
 *
 * @param run a run's name or folder, of which it tells alone (default: all in data/runs)
 * @example showTable(await runsAside("novels")) // data/runs/novels.before-1 and 4,325,117
 */
export async function runsAside(run?: string): Promise<RunAside[]> {
  const folder = run === undefined ? undefined : runFolder(run);
  const parent = folder === undefined ? runs : path.dirname(folder);
  const places = (await namesAside(folder)).map((name) => path.join(parent, name));
  return Promise.all(places.map(async (place) => ({ folder: place, bytes: await bytesIn(place) })));
}

/**
 * Removes them, for good.
 *
 * @returns what is gone
 * @throws where one of them is written by a training just now
 * @example await clearRunsAside("novels");
 */
export async function clearRunsAside(run?: string): Promise<RunAside[]> {
  const aside = await runsAside(run);
  for (const { folder } of aside) {
    const lock = await lockRun(folder, () => false);
    await removeWhole(folder).finally(() => lock.release());
  }
  return aside;
}

/** @example "What another training left in data/runs/novels is now data/runs/novels.before-2. 2 runs are set aside by now, …" */
export async function asideInWords(run: string, aside: string): Promise<string> {
  const all = await runsAside(path.join(path.dirname(run), path.basename(run)));
  const takes = `${megabytes(all.reduce((sum, { bytes }) => sum + bytes, 0))}`;
  const counted =
    all.length === 1 ? `It takes ${takes}` : `${all.length} runs are set aside by now, ${takes} in all`;
  const name = path.dirname(run) === runs ? path.basename(run) : run;
  return (
    `What another training left in ${run} is now ${aside}. ${counted}; \`await clearRunsAside("${name}")\`, ` +
    `in a shell \`palimpsest runs ${name} --clear\`, removes what is set aside.`
  );
}

/** @example megabytes(4_325_117) // "4.3 MB" */
export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** The names under which a run, or any run in data/runs, was set aside, in their order. */
async function namesAside(run?: string): Promise<string[]> {
  const names = await readdir(run === undefined ? runs : path.dirname(run)).catch((): string[] => []);
  return names
    .filter((name) => {
      const [, before] = /^(.+)\.before-\d+$/.exec(name) ?? [];
      return before !== undefined && (run === undefined || before === path.basename(run));
    })
    .sort((one, other) => one.localeCompare(other, "en", { numeric: true }));
}
