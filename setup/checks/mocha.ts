/** Runs the tests by mocha, each run in a process of its own, and counts them. */
import { spawn, type SpawnOptions } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import pLimit from "p-limit";

/** What came of some tests. */
export interface Counts {
  readonly passed: number;
  /** What failed, by name. */
  readonly failed: readonly string[];
  readonly skipped: number;
}

export interface MochaOptions extends SpawnOptions {
  /** The Node.js that runs them; the one that runs this unless given. */
  readonly node?: string;
}

export function total(counts: readonly Counts[]): Counts {
  const of = (kind: "passed" | "skipped") => counts.reduce((sum, each) => sum + each[kind], 0);
  return { passed: of("passed"), failed: counts.flatMap(({ failed }) => failed), skipped: of("skipped") };
}

/** The line of counts, e.g. `{ passed: 12, failed: ["a"], skipped: 3 } -> "12 passed, 1 failed, 3 skipped"`. */
export function summary({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed.length} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/** Runs mocha with its arguments; a run that ends without counting counts as one failed test. */
export async function mocha(
  projectRoot: string,
  scratch: string,
  args: readonly string[],
  { node = process.execPath, ...options }: MochaOptions = {},
): Promise<Counts> {
  const file = path.join(fs.mkdtempSync(path.join(scratch, "mocha-")), "counts.json");
  const reporter = [
    "--reporter",
    path.join(projectRoot, "setup", "checks", "counting-reporter.ts"),
    "--reporter-option",
    `counts=${file}`,
  ];
  const script = path.join(projectRoot, "node_modules", "mocha", "bin", "mocha.js");
  const child = spawn(node, [script, ...reporter, ...args], {
    cwd: projectRoot,
    stdio: "inherit",
    ...options,
  });
  const exitCode = await new Promise<number | null>((resolve) => child.on("close", resolve));
  const ended = `mocha ${args.join(" ")}: ended with ${exitCode ?? "a signal"}`;
  if (!fs.existsSync(file)) return { passed: 0, failed: [ended], skipped: 0 };
  const counts = JSON.parse(fs.readFileSync(file, "utf8")) as Counts;
  return exitCode === 0 || counts.failed.length > 0 ? counts : { ...counts, failed: [ended] };
}

/** Tests that print where they are told to. */
export type Tests = (stdio: SpawnOptions["stdio"]) => Promise<Counts>;

/**
 * Runs sets of tests side by side, `lanes` at a time: the next one begins when one is through. The first prints as it
 * runs; what the others print comes at the end.
 */
export async function sideBySide(
  scratch: string,
  [first, ...others]: readonly Tests[],
  lanes: number,
): Promise<Counts> {
  const limit = pLimit(lanes);
  const behind = others.map((tests) => quietly(scratch, tests));
  const starts = [() => first("inherit"), ...behind.map(({ start }) => start)];
  const counts = await limit.map(starts, (start) => start());
  for (const { told } of behind) console.log(told());
  return total(counts);
}

/** Tests that print into a file, which `told` reads. */
function quietly(scratch: string, tests: Tests) {
  const log = path.join(fs.mkdtempSync(path.join(scratch, "log-")), "tests.log");
  const start = async (): Promise<Counts> => {
    const output = fs.openSync(log, "w");
    try {
      return await tests(["ignore", output, output]);
    } finally {
      fs.closeSync(output);
    }
  };
  return { start, told: () => fs.readFileSync(log, "utf8") };
}
