/** Books of Project Gutenberg, by their numbers, into a cache that keeps each for good, as it came. */
import { stat } from "node:fs/promises";
import path from "node:path";
import { putAside } from "../../../base/files/put-aside";
import { together } from "../run-all";
import { checkBook } from "./complete";
import { bookPaths, type MirrorOptions, retrieve } from "./mirrors";

/** The cache, seen from the project's root, where notebooks run. */
export const CACHE = path.join("data", "gutenberg");

export interface BookOptions extends MirrorOptions {
  /** The folder that keeps what was downloaded, "data/gutenberg" by default. */
  readonly cache?: string;
  /** Is told what the reader should know, such as that a broken file was put aside. */
  readonly notices?: string[];
}

/** The largest plain text of Project Gutenberg has a fifth of it. */
const maxBytes = 2 ** 27;

/**
 * The file that holds a book, which is downloaded only where the cache lacks it. Its bytes are those of the mirror,
 * licence and all: `readBook` in `book.ts` reads the words. A file in the cache that is not the book, or not all of it, is
 * put aside under another name, and the book is downloaded again.
 *
 * @throws NotFoundError, UnreachableError
 * @example await downloadBook(1342) // "data/gutenberg/pg1342.txt"
 */
export async function downloadBook(id: number, options: BookOptions = {}): Promise<string> {
  if (!Number.isInteger(id) || id < 1) throw new Error(`Expected the number of a book, as 1342, got ${id}`);
  const file = path.join(options.cache ?? CACHE, `pg${id}.txt`);
  const check = (each: string) => checkBook(each, id);
  const again = () =>
    retrieve(`book ${id}`, bookPaths(id), file, { label: `Book ${id}`, maxBytes, check, ...options });
  if (!(await isFilled(file))) {
    await again();
    return file;
  }
  const { problem } = await check(file);
  if (problem !== undefined) await putAside(file, { problem, notices: options.notices, again });
  return file;
}

/** The files of several books, some at once; the order is that of `ids`. */
export async function downloadBooks(ids: readonly number[], options: BookOptions = {}): Promise<string[]> {
  const { onProgress } = options;
  const unreachable = new Set<string>();
  let done = 0;
  return together(
    ids.map((id) => async () => {
      const file = await downloadBook(id, { unreachable, ...options });
      onProgress?.({ label: "Books", done: ++done, total: ids.length, unit: "books" });
      return file;
    }),
  );
}

async function isFilled(file: string): Promise<boolean> {
  return ((await stat(file).catch(() => undefined))?.size ?? 0) > 0;
}
