/** What the commands of this folder do around their own work: help, installation, and a folder that goes with them. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { install } from "../setup/install";

export interface Command<Options> {
  readonly name: string;
  readonly help: string;
  /** Reads what stands behind the name. */
  readonly options: (args: readonly string[]) => Options;
  /** @param scratch for files that nobody needs when it has ended */
  readonly run: (projectRoot: string, options: Options, scratch: string) => Promise<void>;
}

/**
 * @returns what the process ends with
 * @throws what reading the options and running throw
 */
export async function runCommand<Options extends { readonly help: boolean }>(
  command: Command<Options>,
  projectRoot: string,
  args: readonly string[],
): Promise<number> {
  const options = command.options(args);
  if (options.help) {
    console.log(command.help);
    return 0;
  }
  await install(projectRoot);
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), `palimpsest-${command.name}-`));
  try {
    await command.run(projectRoot, options, scratch);
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
  return 0;
}

/** The start of a file's name. @example fileDate(new Date(0)) // "1970-01-01T00-00-00" */
export function fileDate(date: Date): string {
  return date.toISOString().slice(0, 19).replaceAll(":", "-");
}
