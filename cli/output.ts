/**
 * Where a command writes: results to standard output, words about the work to standard error. Whoever reads the results
 * may go at any time, as `head` does: then the work is told to end.
 */
let closed = false;
const listeners = new Set<() => void>();

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  closed = true;
  for (const listener of listeners) listener();
});

/** Whether nobody reads the results any more. */
export function outputClosed(): boolean {
  return closed;
}

/** Calls `listener` once that is so. */
export function whenClosed(listener: () => void): void {
  listeners.add(listener);
}

/** Writes a piece of the result, and waits where the reader is slower; nothing where nobody reads it any more. */
export async function print(text: string): Promise<void> {
  if (closed || process.stdout.write(text)) return;
  await new Promise<void>((resolve) => {
    const goOn = () => {
      listeners.delete(goOn);
      process.stdout.off("drain", goOn);
      resolve();
    };
    listeners.add(goOn);
    process.stdout.once("drain", goOn);
  });
}

/** Writes one result as a line of JSON. */
export async function printJson(value: unknown): Promise<void> {
  await print(`${JSON.stringify(value)}\n`);
}

/** Says something about the work. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
