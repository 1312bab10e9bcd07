/** How much of the disk something takes. */
import { readdir, stat } from "node:fs/promises";
import path from "node:path";

/** Bytes of a file, or of all files of a folder; 0 where there is neither. */
export async function bytesIn(place: string): Promise<number> {
  const there = await stat(place).catch(() => undefined);
  if (!there?.isDirectory()) return there?.size ?? 0;
  const names = await readdir(place).catch((): string[] => []);
  const sizes = await Promise.all(names.map((name) => bytesIn(path.join(place, name))));
  return sizes.reduce((sum, size) => sum + size, 0);
}
