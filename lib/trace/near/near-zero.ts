/** The zero of near copies, which takes longer than that of exact ones: made once for a library, and kept in a file. */
import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { writeWhole } from "../../base/files/atomic-write";
import { seal } from "../../base/files/checksum";
import { readSealed } from "../../base/files/read-safely";
import type { Part } from "../../text/text";
import { heldOutWords, Zero, zeroOf, zerosBeside } from "../zero";
import { TooManyAlignments } from "./rules";
import { traceNear, zeroKey, type TraceNearOptions } from "./trace-near";

export interface NearZeroOptions extends TraceNearOptions {
  /** Where it is kept (default: "data/zeros"). */
  readonly folder?: string;
}

const mostBytes = 2 ** 20;
const remedy = "Remove it, and it is made anew.";

/**
 * How much of what a library holds out (of 200,000 characters at most) is a near copy of what it trains on; `traceNear` with the
 * same options then has it beside what it finds. The first time it takes about as long as tracing all of it: some 10 seconds for
 * four novels; then it is read from a file that is named for the texts and the options.
 *
 * @param library of which the training parts are traced in
 * @returns nothing where less than 1,000 characters are held out, and where these or the texts repeat a few characters over and
 *   over, so that it cannot be made
 * @example await nearZero(library, { collapseWhitespace: true, onProgress: progressBar() });
 */
export async function nearZero(
  library: { readonly training: readonly Part[]; readonly validation: readonly Part[] },
  { folder = path.join("data", "zeros"), ...options }: NearZeroOptions = {},
): Promise<Zero | undefined> {
  const { training, validation } = library;
  const words = heldOutWords(validation);
  if (words === "") return undefined;
  const key = zeroKey(options);
  const known = zerosBeside(training);
  if (known?.has(key)) return known.get(key);
  const file = path.join(folder, `${checksumOf(key, training, words)}.json`);
  const zero = kept(file) ?? (await made(file, training, words, options));
  known?.set(key, zero);
  return zero;
}

function checksumOf(key: string, training: readonly Part[], words: string): string {
  const hash = createHash("sha256").update(`by text ${key}`);
  const add = (content: string) => void hash.update(`\0${content.length}\0`).update(content);
  for (const { content } of training) add(content); // Of those on disk one after the other.
  add(words);
  return hash.digest("hex").slice(0, 16);
}

/** What a file keeps; nothing where there is none, or it is damaged. */
function kept(file: string): Zero | undefined {
  const told = readSealed(file, { remedy, most: mostBytes }) as ReturnType<Zero["toJSON"]> | undefined;
  return told && Zero.from(told);
}

async function made(
  file: string,
  training: readonly Part[],
  words: string,
  { onProgress, minLength = 40, ...options }: TraceNearOptions,
): Promise<Zero | undefined> {
  const told: TraceNearOptions["onProgress"] = (progress) =>
    onProgress?.({ ...progress, label: "Near copies in held-out text" });
  try {
    // Another list of the same texts is not known to be a library's.
    const { passages } = traceNear(words, [...training], {
      ...options,
      minLength,
      maxOccurrences: 1,
      onProgress: told,
    });
    const zero = zeroOf(words, passages, training);
    await writeWhole(file, (part) => writeFile(part, seal(zero.toJSON())));
    return zero;
  } catch (error) {
    if (error instanceof Error && error.cause instanceof TooManyAlignments) return undefined;
    throw error;
  }
}
