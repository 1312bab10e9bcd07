/** Folders that are made anew take the place of older ones of their kind, and of nothing else that may stand there. */
import { readdir } from "node:fs/promises";

/**
 * @param marks files that a folder of this kind has: all of them, or one where it is a list
 * @throws where the folder holds something and is none of this kind
 * @example await refuseOther("data/page", ["index.html", ["network.js", "network.palimpsest"]])
 */
export async function refuseOther(
  folder: string,
  marks: readonly (string | readonly string[])[],
): Promise<void> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  const isOlder = marks.every((mark) => [mark].flat().some((name) => names.includes(name)));
  if (names.length > 0 && !isOlder)
    throw new Error(
      `Expected no folder ${folder}, or an older one of this kind, found ${names[0]} in it: name another`,
    );
}
