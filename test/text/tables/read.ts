/** Tables that are read from files, for the tests of this folder. */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { readSource, type ReadText, type Source } from "../../../lib/text/sources/sources";
import { withFolder } from "../server";

/** Reads a file of a name and a content by what a source says of it besides. */
export async function read(
  name: string,
  content: string,
  source: Record<string, unknown>,
): Promise<ReadText[]> {
  let texts: ReadText[] = [];
  await withFolder(async (scratch) => {
    const file = path.join(scratch, name);
    await writeFile(file, content);
    texts = await readSource({ file, ...source } as Source, {});
  });
  return texts;
}

/** What each text is, with its label `author` where that is asked for. */
export async function contents(name: string, content: string, source: Record<string, unknown>) {
  const texts = await read(name, content, source);
  const told =
    texts[0].notices?.map((notice) => notice.replace(/ \S*[\\/]/, " ").replace(/^\S*[\\/]/, "")) ?? [];
  return {
    texts: texts.map(({ content, labels }) => (labels ? [content, labels.author] : content)),
    notices: told,
  };
}
