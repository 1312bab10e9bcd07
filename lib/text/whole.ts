/** Files that stand whole or not at all. */
import { mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";

let parts = 0;

/** Lets `write` make a file beside `file`, in a folder made for it, and renames it to `file` once that has succeeded. */
export async function writeWhole(file: string, write: (part: string) => Promise<void>): Promise<void> {
  const folder = path.dirname(file);
  const part = path.join(folder, `.${path.basename(file)}.${process.pid}-${++parts}.part`);
  await mkdir(folder, { recursive: true });
  try {
    await write(part);
    await rename(part, file);
  } finally {
    await rm(part, { force: true });
  }
}
