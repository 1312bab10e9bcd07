/** The texts in a folder, and what of it is left out and why. What they say is read in `sources.ts` and in `stream/`. */
import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { documentEndings } from "../documents/kinds";
import { NoText } from "../no-text";
import { isFolder } from "./gutenberg/mirrors";

/** Names of files that are read, but for what gzip and Zstandard add. */
const endings = ["txt", ...documentEndings];
const isRead = new RegExp(`\\.(?:${endings.join("|")})(?:\\.gz|\\.zst)?$`, "i");
const list = endings
  .map((ending) => `.${ending}`)
  .join(", ")
  .replace(/, (\S+)$/, " or $1");
const otherEnding = `without ${list} at the end`;

/** Reasons that say all there is to say. */
const plain = new Set(["empty", "binary", "hidden", "a link to a folder", "a broken link", otherEnding]);

/** Names of files that are told of each reason. */
const examples = 3;

/** Files of a folder that are not read. */
export class LeftOut {
  private readonly names = new Map<string, string[]>();

  constructor(readonly folder: string) {}

  /**
   * @param reason in a few words: "hidden", and those of `NoText`
   * @param file its path
   */
  add(reason: string, file: string): void {
    const names = this.names.get(reason) ?? [];
    names.push(path.relative(this.folder, file));
    this.names.set(reason, names);
  }

  /** A sentence with numbers and some names; none where nothing is left out. */
  notices(): string[] {
    const all = [...this.names].sort(([one], [other]) => (one < other ? -1 : 1));
    const count = all.reduce((sum, [, names]) => sum + names.length, 0);
    if (count === 0) return [];
    const reasons = all.map(([reason, names]) => {
      const some = names.sort().slice(0, examples).join(", ");
      return `${names.length} ${reason} (${some}${names.length > examples ? ", …" : ""})`;
    });
    const were = count === 1 ? "1 file was" : `${count} files were`;
    const told = `In the folder ${this.folder} ${were} left out: ${reasons.join(", ")}`;
    const isPlain = all.every(([reason]) => plain.has(reason));
    return [isPlain ? told : `${told}. Opened by itself, a file says what to do about it`];
  }

  /** @throws for a folder of which all is left out */
  refuseEmpty(): never {
    throw new Error(`Expected words in the folder ${this.folder}, found none. ${this.notices().join()}`);
  }
}

export interface FolderTexts {
  /** The .txt files and documents of the folder and its sub-folders, packed ones too, in the order of their names. */
  readonly files: readonly string[];
  readonly leftOut: LeftOut;
}

/** @throws where there is no such folder, and where it has none of them */
export async function textsIn(folder: string): Promise<FolderTexts> {
  if (!(await isFolder(folder))) throw new Error(`Expected a folder ${folder}, found none`);
  const leftOut = new LeftOut(folder);
  const files = (await walk(folder, leftOut)).sort();
  if (files.length === 0)
    throw new Error(
      [`Expected ${list} files in the folder ${folder}, found none`, ...leftOut.notices()].join(". "),
    );
  return { files, leftOut };
}

/**
 * What reading some files of a folder gives, without those that hold no text.
 *
 * @throws where none is left, and what else goes wrong
 */
export async function readAllIn<Read>(
  { files, leftOut }: FolderTexts,
  read: (file: string) => Promise<Read>,
): Promise<Read[]> {
  const texts: Read[] = [];
  for (const file of files) {
    try {
      texts.push(await read(file));
    } catch (error) {
      if (!(error instanceof NoText)) throw error;
      leftOut.add(error.reason, file);
    }
  }
  if (texts.length === 0) leftOut.refuseEmpty();
  return texts;
}

async function walk(folder: string, leftOut: LeftOut): Promise<string[]> {
  const files: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const place = path.join(folder, entry.name);
    const reason = await reasonAgainst(entry, place);
    if (reason !== undefined) leftOut.add(reason, place);
    else if (entry.isDirectory()) files.push(...(await walkInto(place, leftOut)));
    else files.push(place);
  }
  return files;
}

async function walkInto(folder: string, leftOut: LeftOut): Promise<string[]> {
  try {
    return await walk(folder, leftOut);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EACCES") throw error;
    leftOut.add("unreadable", folder);
    return [];
  }
}

/** Why something is left out. Links to files are files; those to folders may lead in circles. */
async function reasonAgainst(entry: Dirent, place: string): Promise<string | undefined> {
  if (entry.name.startsWith(".")) return "hidden";
  if (entry.isDirectory()) return undefined;
  const isText = isRead.test(entry.name);
  if (entry.isSymbolicLink()) {
    const meant = await stat(place).catch(() => undefined);
    if (!meant) return "a broken link";
    if (meant.isDirectory()) return "a link to a folder";
    return isText && meant.isFile() ? undefined : otherEnding;
  }
  return isText && entry.isFile() ? undefined : otherEnding;
}
