/**
 * One writer a run: a note beside the run's folder, `.novels.writer-…`, named for the process that trains there. The note of
 * a process that has ended counts for nothing, however it ended. It stands beside, since a run's folder is set aside.
 */
import { mkdir, readdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { ownerName, ownerPattern, stateOf, thisProcess } from "../../base/files/owner";

export interface RunLock {
  /** @throws where another training of this process has taken the run over, see `lockRun` */
  check(): void;
  release(): Promise<void>;
}

interface Held {
  readonly isStopped: () => boolean;
  lost: boolean;
}

/** The trainings of this process, by their notes. */
const held = new Map<string, Held>();

/** A note that another process makes at the same moment is looked for again so many times. */
const attempts = 5;

/**
 * Makes this process the only one that writes a run.
 *
 * @param isStopped whether the training was told to stop: then another one of this process may take the run over, though the
 *   first was never run to its end, as where a cell was interrupted
 * @throws where another process, or another training of this one, is writing the run, with the way out
 */
export async function lockRun(run: string, isStopped: () => boolean): Promise<RunLock> {
  const place = await placeOf(run);
  const note = path.join(place.parent, `${place.prefix}${ownerName(thisProcess())}`);
  await mkdir(place.parent, { recursive: true });
  for (let attempt = 1; ; attempt++) {
    takeOver(note, run);
    const own: Held = { isStopped, lost: false };
    held.set(note, own);
    const release = async () => {
      if (held.get(note) !== own) return;
      held.delete(note);
      await rm(note, { force: true });
    };
    try {
      await writeFile(note, JSON.stringify({ pid: process.pid, host: hostname(), since: new Date() }));
      await refuseOthers(run);
    } catch (error) {
      await release();
      if (attempt === attempts || !(error instanceof RunIsWritten)) throw error;
      await setTimeout(20 + 80 * Math.random());
      continue;
    }
    const check = () => {
      if (own.lost)
        throw new Error(
          `Expected to be the only training in ${run}, but another cell has begun one there since`,
        );
    };
    return { check, release };
  }
}

/**
 * Makes sure that no other process writes a run; the notes of processes that have ended are removed.
 *
 * @throws where one does
 */
export async function refuseOthers(run: string): Promise<void> {
  const { parent, prefix } = await placeOf(run);
  const names = await readdir(parent).catch((): string[] => []);
  for (const name of names.filter((one) => one.startsWith(prefix))) {
    const [, machine, pid, start] = new RegExp(`^${ownerPattern}$`).exec(name.slice(prefix.length)) ?? [];
    if (machine === undefined) continue;
    const note = path.join(parent, name);
    const owner = { machine, pid: Number(pid), start };
    const state = stateOf(owner);
    if (ownerName(owner) === ownerName(thisProcess())) continue;
    if (state === "ended") await rm(note, { force: true });
    else
      throw new RunIsWritten(
        run,
        state === "running" ? hereWords(owner.pid) : await elsewhereWords(note, pid),
      );
  }
}

/** Thrown where another process writes a run. */
class RunIsWritten extends Error {
  constructor(run: string, words: string) {
    super(
      `Expected to be the only writer of the run ${run}, but ${words}, or give this training a folder of its own`,
    );
  }
}

function hereWords(pid: number): string {
  return `the process ${pid} is training there: stop it first (a notebook by ■, or by its kernel's restart)`;
}

async function elsewhereWords(note: string, pid: string): Promise<string> {
  const content = await readFile(note, "utf8").catch(() => "");
  const [, host = "another machine"] = /"host":"([^"]+)"/.exec(content) ?? [];
  return `the process ${pid} on ${host} is, or was, training there: stop it, and if it has ended remove ${note}`;
}

/** Takes a run from another training of this process that was told to stop. */
function takeOver(note: string, run: string): void {
  const other = held.get(note);
  if (!other) return;
  if (!other.isStopped()) {
    throw new Error(
      `Expected to be the only writer of the run ${run}, but this process is training there already: stop that first ` +
        "(interrupt its cell, or leave its loop), or give this training a folder of its own",
    );
  }
  other.lost = true;
}

/** Where the notes of a run are; the same by whatever path it is reached. */
async function placeOf(run: string): Promise<{ parent: string; prefix: string }> {
  const resolved = path.resolve(run);
  const parent = await realpath(resolved).then(path.dirname, () =>
    realpath(path.dirname(resolved)).catch(() => path.dirname(resolved)),
  );
  const name = await realpath(resolved).then(path.basename, () => path.basename(resolved));
  return { parent, prefix: `.${name}.writer-` };
}
