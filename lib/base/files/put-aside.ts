/** A file of a cache that turns out to be broken: it is kept under another name while it is fetched again. */
import { rename } from "node:fs/promises";

export interface PutAsideOptions<Result> {
  /** The end of the sentence "it is …". */
  readonly problem: string;
  /** Is told where the old file is now. */
  readonly notices?: string[];
  readonly again: () => Promise<Result>;
}

/**
 * Renames a file, with ".broken" at its end, and fetches it again; where that fails, the file gets its name back.
 *
 * @throws what `again` throws, with the file's problem in its message
 */
export async function putAside<Result>(
  file: string,
  { problem, notices, again }: PutAsideOptions<Result>,
): Promise<Result> {
  const aside = `${file}.broken`;
  await rename(file, aside);
  let result: Result;
  try {
    result = await again();
  } catch (error) {
    await rename(aside, file);
    if (error instanceof Error)
      error.message = `${file} is ${problem}, and could not be downloaded again. ${error.message}`;
    throw error;
  }
  notices?.push(`${file} was ${problem}. It is now ${aside}, and the file was downloaded again.`);
  return result;
}
