/** Asks for a line in a terminal, or takes it from an input that is piped. */
import { createInterface } from "node:readline/promises";

/** Lines of a piped input that came together with one that was asked for. */
const unread: string[] = [];

export async function askInTerminal(prompt: string): Promise<string> {
  const early = unread.shift();
  if (early !== undefined) {
    process.stdout.write(`${prompt}\n`);
    return early;
  }
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const ended = new Promise<never>((_, reject) => {
    lines.once("close", () => reject(new Error(`The input ended before an answer to \`${prompt}\``)));
  });
  lines.on("line", (line) => unread.push(line));
  try {
    return await Promise.race([lines.question(prompt), ended]);
  } finally {
    lines.close();
  }
}
