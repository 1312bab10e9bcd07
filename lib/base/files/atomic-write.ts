/**
 * Files and folders that stand whole or not at all: written beside, brought to disk, and then renamed. What a process has
 * left beside that was killed meanwhile, the next one that writes there removes.
 */
import { renameSync, rmSync } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { bytesIn } from "./bytes-in";
import { ownerName, ownerPattern, stateOf, thisProcess, type Owner } from "./owner";

let parts = 0;

/**
 * Lets `write` make a file beside `file`, in a folder made for it, and renames it to `file` once that has succeeded.
 *
 * @throws what `write` throws, and where there is no room or no permission, with the name of `file`
 */
export async function writeWhole(file: string, write: (part: string) => Promise<void>): Promise<void> {
  await beside(file, async (part) => {
    await write(part);
    await flush(part);
    await rename(part, file);
  });
}

/**
 * Lets `write` fill a folder beside `folder` and puts it there, in the place of what was there, once that has succeeded.
 *
 * @throws what `write` throws, and where there is no room or no permission, with the name of `folder`
 */
export async function writeWholeFolder(
  folder: string,
  write: (part: string) => Promise<void>,
): Promise<void> {
  await beside(folder, async (part) => {
    await mkdir(part);
    await write(part);
    await flushAll(part);
    const old = partOf(folder);
    try {
      swap(part, folder, old);
    } finally {
      await rm(old, { recursive: true, force: true });
    }
  });
}

/** Removes a folder, which until then stands whole; no error where another process has removed it. */
export async function removeWhole(folder: string): Promise<void> {
  const part = partOf(folder);
  await rename(folder, part).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
  await rm(part, { recursive: true, force: true });
}

/**
 * Removes the parts in a folder that are nobody's any more: those of processes that have ended, and those of other machines
 * that nobody has written to for a day.
 */
export async function removeAbandoned(folder: string): Promise<void> {
  const names = await readdir(folder).catch((): string[] => []);
  for (const name of names.filter((one) => one.startsWith("."))) {
    const owner = ownerOf(name);
    if (!owner) continue;
    const part = path.join(folder, name);
    const state = stateOf(owner);
    if (state === "ended" || (state === "elsewhere" && (await isOld(part))))
      await rm(part, { recursive: true, force: true }).catch(() => undefined); // Then the next one tries.
  }
}

/** The name, of which as much as leaves room in 255 bytes, and whose part it is. */
function partOf(target: string): string {
  const name = Array.from(path.basename(target)).slice(0, 40).join("");
  return path.join(path.dirname(target), `.${name}.${ownerName(thisProcess())}-${++parts}.part`);
}

const partName = new RegExp(`\\.${ownerPattern}-\\d+\\.part$`);

/** Of before parts were named for more than the number of their process. */
const olderPartName = /^\..+\.(\d+)(?:-\d+)?\.part$/;

function ownerOf(part: string): Owner | undefined {
  const [, machine, pid, start] = partName.exec(part) ?? [];
  if (machine !== undefined) return { machine, pid: Number(pid), start };
  const [, older] = olderPartName.exec(part) ?? [];
  return older === undefined ? undefined : { ...thisProcess(), pid: Number(older), start: "0" };
}

async function beside(target: string, work: (part: string) => Promise<void>): Promise<void> {
  const folder = path.dirname(target);
  const part = partOf(target);
  try {
    await mkdir(folder, { recursive: true });
    await removeAbandoned(folder);
    await work(part);
    await flush(folder);
  } catch (error) {
    throw named(error, { target, part, bytes: await bytesIn(part) });
  } finally {
    await rm(part, { recursive: true, force: true });
  }
}

/** So often a folder is replaced that another process has put there in between. */
const attempts = 100;

/** In one go, so that within a process nobody finds no folder. */
function swap(part: string, folder: string, old: string): void {
  for (let attempt = 1; ; attempt++) {
    const isReplaced = putAway(folder, old);
    try {
      return renameSync(part, folder);
    } catch (error) {
      const { code = "" } = error as NodeJS.ErrnoException;
      if (attempt === attempts || !["ENOTEMPTY", "EEXIST"].includes(code)) {
        if (isReplaced) renameSync(old, folder);
        throw error;
      }
      rmSync(old, { recursive: true, force: true });
    }
  }
}

/** @returns whether there was anything */
function putAway(folder: string, old: string): boolean {
  try {
    renameSync(folder, old);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return false;
  }
}

const reasons: Record<string, string> = {
  ENOSPC: "the disk is full; make room",
  EDQUOT: "your share of the disk is used up; make room",
  EFBIG: "it is larger than a file may be there",
  EACCES: "you have no permission to write there; change that or give another place",
  EPERM: "you have no permission to write there; change that or give another place",
  EROFS: "that disk can only be read; give another place",
  ENOTDIR: "a file stands where a folder should be; give another place",
  EISDIR: "a folder of that name is there; give another name",
  ENAMETOOLONG: "its name is too long; give a shorter one",
  EIO: "the disk reports a fault",
};

/** What keeps a system from writing, told with the name of what was to be written; other errors as they are. */
function named(
  error: unknown,
  { target, part, bytes }: { target: string; part: string; bytes: number },
): unknown {
  const { code, syscall, path: place } = (error ?? {}) as NodeJS.ErrnoException;
  const reason = code !== undefined && syscall !== "read" ? reasons[code] : undefined;
  const isOurs = place === undefined || place.startsWith(part) || part.startsWith(place);
  if (reason === undefined || !isOurs) return error;
  const done = bytes ? `, after ${bytes.toLocaleString("en")} bytes` : "";
  const message = `Could not write ${target}${done}: ${reason}. Nothing of it is left. (${code})`;
  return Object.assign(new Error(message, { cause: error }), { code });
}

const day = 24 * 60 * 60 * 1000;

async function isOld(part: string): Promise<boolean> {
  const there = await stat(part).catch(() => undefined);
  if (!there || there.mtimeMs > Date.now() - day) return false;
  if (!there.isDirectory()) return true;
  for (const name of await readdir(part).catch((): string[] => []))
    if (!(await isOld(path.join(part, name)))) return false;
  return true;
}

/** Waits until the disk has a file, or the names in a folder; some systems have no such thing for folders. */
async function flush(place: string): Promise<void> {
  const isFolder = (await stat(place)).isDirectory();
  try {
    const handle = await open(place, isFolder ? "r" : "r+");
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!isFolder) throw error;
  }
}

/** Waits until the disk has a folder with all that is in it. */
async function flushAll(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  // All at once, since a disk brings them home together.
  await Promise.all(
    entries.map((entry) => {
      const place = path.join(folder, entry.name);
      return entry.isDirectory() ? flushAll(place) : flush(place);
    }),
  );
  await flush(folder);
}
