/** Files of a folder that may come from others: read as what they are, and not as what they may point to. */
import { closeSync, constants, existsSync, fstatSync, openSync, readSync } from "node:fs";
import { BrokenFile, unseal } from "./checksum";

/** Neither does a link lead elsewhere, nor does a pipe wait for a writer; Windows has neither of the two. */
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * Opens a file that is itself in its folder.
 *
 * @returns its descriptor, to be closed, and its size in bytes
 * @throws BrokenFile where something else than a file is there
 */
export function openOwn(file: string, remedy: string): { descriptor: number; size: number } {
  let descriptor: number;
  try {
    descriptor = openSync(file, flags);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") throw new BrokenFile(file, "it is missing", remedy);
    if (code === "ENOTDIR") throw new BrokenFile(file, "a file stands in the place of its folder", remedy);
    if (code === "ELOOP") throw new BrokenFile(file, "it is a link to somewhere else", remedy);
    throw error;
  }
  const there = fstatSync(descriptor);
  if (there.isFile()) return { descriptor, size: there.size };
  closeSync(descriptor);
  throw new BrokenFile(file, "it is no file", remedy);
}

/**
 * The bytes of a file that is itself in its folder.
 *
 * @param bytes how many it has; at most so many as `most` where that is not known
 * @throws BrokenFile where something else than a file is there, or one of another size
 */
export function readOwn(
  file: string,
  remedy: string,
  { bytes, most = bytes ?? 0 }: { readonly bytes?: number; readonly most?: number },
): Buffer {
  const { descriptor, size } = openOwn(file, remedy);
  try {
    if (bytes !== undefined && size !== bytes)
      throw new BrokenFile(file, `it has ${size} bytes instead of ${bytes}`, remedy);
    if (size > most) throw new BrokenFile(file, `it has ${size} bytes, more than ${most}`, remedy);
    const content = Buffer.from(new ArrayBuffer(size));
    for (let done = 0; done < size;) {
      const count = readSync(descriptor, content, done, size - done, done);
      if (count === 0) throw new BrokenFile(file, "it ends early", remedy);
      done += count;
    }
    return content;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EIO")
      throw new BrokenFile(file, "the disk cannot read it", remedy);
    throw error;
  } finally {
    closeSync(descriptor);
  }
}

/**
 * What a file tells that was sealed, for those who can make it anew.
 *
 * @param most bytes that it may have
 * @returns undefined where there is none, or it is not as it was written
 */
export function readSealed(
  file: string,
  { remedy, most }: { readonly remedy: string; readonly most: number },
): unknown {
  if (!existsSync(file)) return undefined;
  try {
    return unseal(readOwn(file, remedy, { most }), file, remedy);
  } catch (error) {
    if (error instanceof BrokenFile) return undefined;
    throw error;
  }
}
