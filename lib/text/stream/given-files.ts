/** The files that a streamed library is given: as sources, with what is said of their texts, and as they are on disk. */
import { stat } from "node:fs/promises";
import path from "node:path";
import { echo } from "../../base/echo";
import { OptionError } from "../../base/option-error";
import { encodingNamed } from "../encoding/names";
import { noSuchFile } from "../encoding/no-such-file";
import { textsIn, type LeftOut } from "../sources/folder";
import { isFolder } from "../sources/gutenberg/mirrors";
import { nameOf, type Description } from "../sources/sources";
import type { Text } from "../text";
import type { FileState, Prepared, PreparedText } from "./format";

/** A path of a file or of a folder with .txt files and documents, or one with what is to be said of its texts. */
export type StreamedSource =
  string | (Description & { readonly file: string }) | (Description & { readonly folder: string });

/** The files of one source. */
export interface Group {
  readonly files: readonly (Description & { readonly file: string })[];
  /** Of a folder. */
  readonly leftOut?: LeftOut;
}

export async function filesOf(source: StreamedSource): Promise<Group> {
  const given =
    typeof source === "string" ? ((await isFolder(source)) ? { folder: source } : { file: source }) : source;
  if (given.encoding !== undefined) encodingNamed(given.encoding);
  const isCut = "column" in given || "separator" in given;
  if ("file" in given && !isCut) return { files: [given] };
  if (!("folder" in given) || isCut) {
    throw new Error(
      `Expected files or folders with whole texts, got ${echo(source)}; what is short or small, a TextLibrary reads`,
    );
  }
  const { folder, title, ...description } = given;
  const { files, leftOut } = await textsIn(folder);
  const named = title && files.length === 1 ? { title } : {};
  return { files: files.map((file) => ({ ...description, ...named, file })), leftOut };
}

/**
 * The groups with files that hold texts.
 *
 * @throws where a folder has none
 */
export function withoutLeftOut(groups: readonly Group[], { texts }: Prepared): Group[] {
  let index = 0;
  return groups.map(({ files, leftOut }) => {
    const kept = files.filter(({ file }) => {
      const reason = texts[index++].leftOut;
      if (reason !== undefined) leftOut?.add(reason, file);
      return reason === undefined;
    });
    if (kept.length === 0 && leftOut) leftOut.refuseEmpty();
    return { files: kept, leftOut };
  });
}

export function describe(
  given: Description & { readonly file: string },
  text: PreparedText,
): Omit<Text, "content"> {
  const { file, heldOut, weight = 1 } = given;
  const title = given.title ?? (text.title || nameOf(file));
  if (!(weight > 0 && weight < Infinity)) throw new OptionError("weight", "> 0", weight, ` for "${title}"`);
  const author = given.author ?? text.author;
  return { title, author, source: file, weight, ...(heldOut ? { heldOut } : {}) };
}

/** @throws where there is no such file */
export async function stateOf(file: string, encoding?: string, mayBeLeftOut = false): Promise<FileState> {
  const { size, mtimeMs } = await stat(file).catch((error: Error) => {
    throw noSuchFile(file, error);
  });
  const how = { ...(encoding === undefined ? {} : { encoding }), ...(mayBeLeftOut ? { mayBeLeftOut } : {}) };
  return { file: path.resolve(file), size, modified: mtimeMs, ...how };
}
