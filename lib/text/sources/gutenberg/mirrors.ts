/** Where Project Gutenberg's files lie: its mirrors, and the two ways in which they lay out a book. */
import { copyFile, stat } from "node:fs/promises";
import path from "node:path";
import {
  type Check,
  download,
  DownloadError,
  type DownloadOptions,
  NotFoundError,
  UnreachableError,
} from "../fetch";
import { writeWhole } from "../../../base/files/atomic-write";

/** The mirrors that Project Gutenberg keeps for programs, then the site itself, which is meant for people. */
const MIRRORS = ["https://gutenberg.pglaf.org", "https://aleph.pglaf.org", "https://www.gutenberg.org"];

export interface MirrorOptions extends DownloadOptions {
  /**
   * Mirrors to try, in this order: http(s) addresses or folders. By default those in the environment's
   * `GUTENBERG_MIRROR`, separated by white space or commas, and else three that Project Gutenberg keeps.
   */
  readonly mirrors?: readonly string[];
  /** Mirrors that were found unreachable, shared between calls that belong together, so that each is tried once. */
  readonly unreachable?: Set<string>;
}

/** The mirrors to use, without a slash at the end. Throws at one that is neither an address nor a folder. */
export async function mirrorsOf(options: MirrorOptions): Promise<string[]> {
  const named =
    options.mirrors ?? process.env.GUTENBERG_MIRROR?.split(/[\s,]+/).filter((mirror) => mirror !== "");
  const mirrors = named?.length ? named : MIRRORS;
  for (const mirror of mirrors) {
    if (!isAddress(mirror) && !(await isFolder(mirror))) {
      throw new Error(`Expected a mirror to be an http(s) address or a folder, got "${mirror}"`);
    }
  }
  return mirrors.map((mirror) => mirror.replace(/\/+$/, ""));
}

/**
 * Where a mirror may keep the plain text of a book, the likeliest first.
 *
 * @example bookPaths(158)[1] // "1/5/158/158-0.txt"
 */
export function bookPaths(id: number): string[] {
  const digits = String(id).padStart(2, "0");
  const folder = [...digits.slice(0, -1), id].join("/");
  return [
    `cache/epub/${id}/pg${id}.txt`, // UTF-8, made from the newest edition
    `${folder}/${id}-0.txt`, // UTF-8
    `${folder}/${id}-8.txt`, // Latin-1
    `${folder}/${id}.txt`, // ASCII
  ];
}

/**
 * Brings the first of `paths` that a mirror has into `file`. `what` is what an error calls it.
 *
 * @throws NotFoundError where every mirror answered and none has it, UnreachableError where some did not answer.
 */
export async function retrieve(
  what: string,
  paths: readonly string[],
  file: string,
  options: MirrorOptions,
): Promise<void> {
  const failures: string[] = [];
  let missing = true;
  for (const mirror of await mirrorsOf(options)) {
    const failure = options.unreachable?.has(mirror)
      ? new UnreachableError("did not answer before")
      : await fromMirror(mirror, paths, file, options);
    if (!failure) return;
    failures.push(`${mirror}: ${failure.reason}`);
    if (failure instanceof UnreachableError && failure.state !== "answered") options.unreachable?.add(mirror);
    if (!(failure instanceof NotFoundError)) missing = false;
  }
  const reasons = failures.join("; ");
  if (missing) {
    throw new NotFoundError(
      `No mirror has ${what} (${reasons}). Check what was asked for, or name another mirror.`,
    );
  }
  throw new UnreachableError(
    `Could not get ${what} (${reasons}). Check the connection, or name a mirror (an http(s) address or a folder) ` +
      "in `mirrors` or in the environment's GUTENBERG_MIRROR.",
  );
}

/**
 * Why a mirror did not give any of `paths`, or undefined where it did. Some mirrors answer with a page of words where they
 * lack a file, so that the other paths are tried too.
 */
async function fromMirror(
  mirror: string,
  paths: readonly string[],
  file: string,
  options: MirrorOptions,
): Promise<DownloadError | undefined> {
  let failure: DownloadError = new NotFoundError("not there");
  for (const each of paths) {
    try {
      if (isAddress(mirror)) await download(`${mirror}/${each}`, file, options);
      else await copy(path.join(mirror, each), file, options.check);
      return undefined;
    } catch (error) {
      if (!(error instanceof DownloadError)) throw error;
      if (error instanceof UnreachableError) return error;
      if (!(error instanceof NotFoundError)) failure = error;
    }
  }
  return failure;
}

async function copy(from: string, to: string, check?: Check): Promise<void> {
  if (!(await stat(from).catch(() => undefined))) throw new NotFoundError(`There is no ${from}`);
  const { problem } = (await check?.(from)) ?? {};
  if (problem !== undefined)
    throw new DownloadError(`${from} is ${problem}`, { reason: `${from} is ${problem}` });
  await writeWhole(to, (part) => copyFile(from, part));
}

function isAddress(mirror: string): boolean {
  return /^https?:\/\//i.test(mirror);
}

export async function isFolder(name: string): Promise<boolean> {
  return (await stat(name).catch(() => undefined))?.isDirectory() ?? false;
}
