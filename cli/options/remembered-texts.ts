/** The note in a run's folder of the texts that it reads: `texts.json`, sealed with a checksum. */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { BrokenFile, seal, unseal } from "../../lib/base/files/checksum";
import { writeWhole } from "../../lib/base/files/atomic-write";
import { UsageError } from "../exit-codes";
import type { GivenTexts } from "./given-texts";

const remedy = "Name the texts again.";

/** Gives a run's folder the note of what it reads. */
export async function rememberTexts(run: string, given: GivenTexts): Promise<void> {
  await writeWhole(noteOf(run), (part) => writeFile(part, `${seal({ format: 2, given })}\n`));
}

/**
 * What a run reads.
 *
 * @param run the folder, or that of one of its checkpoints
 * @throws UsageError where nothing is noted, as of a run that a notebook has made, or where it was standard input
 * @throws BrokenFile where the note is not as it was written
 */
export async function rememberedTexts(run: string): Promise<GivenTexts> {
  for (const folder of [run, path.dirname(run)]) {
    const content = await contentOf(noteOf(folder));
    if (content === undefined) continue;
    const given = noted(content, noteOf(folder));
    if (given.texts.includes("-"))
      throw new UsageError(`The run ${run} has read standard input. Name the texts again.`);
    return given;
  }
  throw new UsageError(`Nothing tells which texts the run ${run} has read. Name them.`);
}

function noteOf(run: string): string {
  return path.join(run, "texts.json");
}

/** Undefined where there is none. */
async function contentOf(note: string): Promise<Buffer | undefined> {
  try {
    return await readFile(note);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw error;
  }
}

function noted(content: Buffer, note: string): GivenTexts {
  // Format 1 has no checksum; of a damaged format 2 either its beginning or its end still says what it is.
  const isOld = !content.toString("latin1").startsWith('{"format":2,') && !content.includes(',"crc32":"');
  const sealed = content.subarray(0, content.at(-1) === 0x0a ? -1 : undefined);
  if (!isOld) return (unseal(sealed, note, remedy) as { readonly given: GivenTexts }).given;
  try {
    return JSON.parse(content.toString("utf8")) as GivenTexts;
  } catch {
    throw new BrokenFile(note, "it is no JSON", remedy);
  }
}
