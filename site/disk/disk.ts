/**
 * The files that the kernel's worker sees: a disk in memory. On it lie the declarations of the library, so that cells are checked
 * against them, and what the library reads of its own; large files of the site come when they are first asked for. What the
 * visitor's own files are, `own.ts` tells.
 */
import { createFsFromVolume, Volume } from "memfs";
import { root } from "../root";
import { fetchNow } from "./fetch-now";
import type { Brought } from "./packed";

const { disk, address } = (globalThis as unknown as { palimpsest: Brought }).palimpsest;
const later = new Map(Object.entries(disk.later).map(([name, file]) => [`${root}/${name}`, file]));

export const volume = Volume.fromJSON({ ...disk.files }, root);
volume.mkdirSync("/tmp", { recursive: true });
volume.mkdirSync(`${root}/data`, { recursive: true });
for (const file of later.keys()) {
  volume.mkdirSync(file.slice(0, file.lastIndexOf("/")), { recursive: true });
  volume.writeFileSync(file, "");
}

/** Node's `fs` on this disk. */
export const files = bringing(createFsFromVolume(volume)) as unknown as typeof import("node:fs");

/** Functions that have a file come before they look at it. */
function bringing<Functions extends object>(functions: Functions): Functions {
  const entries = Object.entries(functions).map(([name, one]: [string, unknown]) => {
    if (name === "promises") return [name, bringing(promisesOf(one as Record<string, unknown>))];
    // Classes, as the one of a stream, are left as they are.
    if (typeof one !== "function" || /^[A-Z]/.test(name)) return [name, one];
    const call = (...given: unknown[]): unknown => {
      bring(given[0]);
      return (one as (...given: unknown[]) => unknown)(...given);
    };
    return [name, call];
  });
  return Object.fromEntries(entries) as Functions;
}

/** memfs has these on an object of a class, where `Object.entries` sees but some of them. */
function promisesOf(promises: Record<string, unknown>): Record<string, unknown> {
  const names = ["access", "appendFile", "chmod", "copyFile", "lstat", "mkdir", "mkdtemp", "open", "opendir"]
    .concat(["readdir", "readFile", "readlink", "realpath", "rename", "rm", "rmdir", "stat", "symlink"])
    .concat(["truncate", "unlink", "utimes", "writeFile"]);
  return Object.fromEntries(names.map((name) => [name, promises[name]]));
}

function bring(file: unknown): void {
  if (typeof file !== "string" || !later.size) return;
  const whole = file.startsWith("/") ? file : `${root}/${file.replace(/^\.\//, "")}`;
  const name = later.get(whole);
  if (name === undefined) return;
  volume.writeFileSync(whole, fetchNow(new URL(name, address).href));
  later.delete(whole);
}
