/** Lines and prompts that a command is given, in a file or by standard input. */
import { createInterface } from "node:readline";
import { buffer } from "node:stream/consumers";
import { decode, type Decoded, readBytes, readText } from "../../lib/text";
import { UsageError } from "../exit-codes";
import { say } from "../output";

export interface LineOptions {
  /** The encoding; found out where it is not said. */
  readonly encoding?: string;
  readonly signal?: AbortSignal;
}

/** All of standard input. */
export async function standardInput({ encoding }: LineOptions = {}): Promise<string> {
  return told(await readBytes(await buffer(process.stdin), "Standard input", { encoding }));
}

/** The lines of a file, or of standard input (-) as they come. */
export async function* linesOf(
  file: string,
  { encoding, signal }: LineOptions = {},
): AsyncGenerator<string, void, void> {
  if (file === "-") return yield* linesAsTheyCome({ encoding, signal });
  const lines = told(await readText(file, { encoding })).split("\n");
  yield* lines[lines.length - 1] === "" ? lines.slice(0, -1) : lines;
}

/** Each line is decoded by itself, since nobody knows what comes after it. */
async function* linesAsTheyCome({ encoding, signal }: LineOptions): AsyncGenerator<string, void, void> {
  process.stdin.setEncoding("latin1"); // its characters are the bytes
  let number = 0;
  for await (const line of createInterface({ input: process.stdin, signal })) {
    number++;
    if (line.includes("\0"))
      throw new UsageError(
        "Expected lines of text from standard input, got NUL bytes: give UTF-16 in a file.",
      );
    const bytes = Buffer.from(line, "latin1");
    yield told(decode(bytes, `line ${number} of standard input`, { encoding }));
  }
}

function told({ content, notices }: Decoded): string {
  for (const notice of notices) say(notice);
  return content;
}
