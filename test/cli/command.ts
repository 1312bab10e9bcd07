/** The real command as a child process, in a folder of its own. */
import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { random } from "../../lib/base/random";

const script = path.resolve("cli", "palimpsest.mjs");

/** What came of a command. */
export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const running = new Set<ChildProcessWithoutNullStreams>();

/**
 * A folder that goes when the tests of the suite are over, with what a failed one has left running; call it in a `before`
 * hook or a suite's body.
 */
export function workFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), "palimpsest-cli-"));
  after(() => {
    for (const child of running) child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** A command line in words, or word by word where some hold spaces. */
export type Line = string | readonly string[];

/** Starts a command; `feed` is what it reads from standard input. */
export function start(
  folder: string,
  line: Line,
  feed: string | Uint8Array | undefined = "",
): { child: ChildProcessWithoutNullStreams; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [script, ...words(line)], {
    cwd: folder,
    env: { ...process.env, GUTENBERG_MIRROR: folder },
  });
  running.add(child);
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  child.stdin.on("error", () => undefined); // It may end before it has read everything.
  if (feed !== undefined) child.stdin.end(feed);
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exitCode) => {
      running.delete(child);
      resolve({ exitCode, stdout, stderr });
    });
  });
  return { child, ended };
}

/** Runs a command to its end. */
export function run(folder: string, line: Line, feed?: string | Uint8Array): Promise<Ended> {
  return start(folder, line, feed).ended;
}

/** @example words("train sea.txt") // ["train", "sea.txt"] */
export function words(line: Line): readonly string[] {
  return typeof line === "string" ? line.split(" ").filter(Boolean) : line;
}

/** Lines of JSON as objects. */
export function jsonLines(text: string): Record<string, unknown>[] {
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** A small book of nonsense that follows rules, written to a file. */
export function writeBook(file: string, words: readonly string[], seed = 1, sentences = 80): string {
  const draw = random(seed, 0);
  const sentence = () => Array.from({ length: 6 }, () => words[Math.floor(draw() * words.length)]).join(" ");
  const content = Array.from({ length: sentences }, () => `${sentence()}.\n`).join("");
  writeFileSync(file, content);
  return content;
}

/** Params of a network that trains in a moment. */
export const small =
  "--neurons 12 --layers 1 --steps 8 --batch-size 4 --warmup 2 --dropout 0 --sample-length 20";
