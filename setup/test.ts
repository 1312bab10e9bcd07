/**
 * `npm test`: sets everything up, then checks types, lint and format, runs the unit tests, executes the notebooks with
 * the real kernel at small settings, and runs the browser tests. Ends with what failed, by name, and one line of counts.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import pLimit from "p-limit";
import { chromiumRemedy, findChromium } from "./bare/find.mjs";
import { SetupFailure } from "./bare/failure.mjs";
import { runWithProgress } from "./bare/progress.mjs";
import { install } from "./install";
import {
  mocha,
  sideBySide,
  summary,
  total,
  type Counts,
  type MochaOptions,
  type Tests,
} from "./checks/mocha";
import { executeNotebook, notebookNames } from "./notebooks";
import { sanitize } from "./sanitize";
import { otherNode } from "./checks/other-node";
import { tools, type Tool } from "./checks/tools";
import { checkModules } from "./wasm/build";

/**
 * @param args `--require-browser` counts the browser tests as failed where no Chromium is installed; `--thorough` tries
 *   a hundred kills and 500 interrupts at random moments, where a usual run tries some; `--nodes=22,24` also runs the
 *   tests of what differs between versions of Node.js on these; `--sanitize` those of the operations with sanitizers;
 *   `--wasm` also those in WebAssembly without relaxed SIMD, and builds the modules anew, which fails where those that
 *   come with the project are others
 */
export async function main(projectRoot: string, args: string[]): Promise<number> {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "palimpsest-test-"));
  const sections: [title: string, run: () => Promise<Counts>][] = [
    ["types, lint and format", () => checks(projectRoot)],
    ["unit tests, browser tests and notebooks", () => allTests(projectRoot, scratch, args)],
    ...(args.includes("--sanitize")
      ? [["with sanitizers", () => sanitize(projectRoot, scratch)] as [string, () => Promise<Counts>]]
      : []),
    ...(args.includes("--wasm")
      ? <[string, () => Promise<Counts>][]>[
          ["the modules, built anew", () => oneTest("the modules", () => checkModules(projectRoot))],
          ["unit tests, in WebAssembly without relaxed SIMD", () => withoutRelaxedSimd(projectRoot, scratch)],
        ]
      : []),
    ...versionsIn(args).map((version): [string, () => Promise<Counts>] => [
      `on Node.js ${version}`,
      () => onOtherNode(projectRoot, scratch, version),
    ]),
  ];
  const all: Counts[] = [];
  try {
    await install(projectRoot);
    for (const [title, run] of sections) {
      console.log(`\n— ${title}`);
      const started = Date.now();
      const counts = await run();
      console.log(`— ${title}: ${summary(counts)} (${Math.round((Date.now() - started) / 1000)} s)`);
      all.push(counts);
    }
  } catch (error) {
    if (!(error instanceof SetupFailure)) throw error;
    console.error(`\n${error.message}`);
    all.push({ passed: 0, failed: [error.message], skipped: 0 });
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
  const counts = total(all);
  if (counts.failed.length > 0) console.log(["\nFailed:", ...new Set(counts.failed)].join("\n  "));
  console.log(`\n${summary(counts)}`);
  return counts.failed.length === 0 ? 0 : 1;
}

/** Counts as one test what throws where it fails, and shows why. */
async function oneTest(name: string, run: () => Promise<unknown>): Promise<Counts> {
  try {
    await run();
    return { passed: 1, failed: [], skipped: 0 };
  } catch (error) {
    if (!(error instanceof SetupFailure)) throw error;
    console.log(error.message);
    return { passed: 0, failed: [name], skipped: 0 };
  }
}

/**
 * Runs all that checks the code, as many side by side as there are processors, and shows all that they say where it is
 * not well.
 */
async function checks(projectRoot: string): Promise<Counts> {
  const limit = pLimit(os.availableParallelism());
  const run = ({ label, command, args }: Tool) => {
    const options = { label, cwd: projectRoot, tail: Infinity, remedy: `Mend what ${label} names.` };
    return limit(() => oneTest(label, () => runWithProgress(command, args, options)));
  };
  return total(await Promise.all((await tools(projectRoot)).map(run)));
}

/** How often a thorough run tries what is tried at random: kills of trainings, and interrupts of cells. */
const thoroughly = {
  PALIMPSEST_KILLS: "100",
  PALIMPSEST_STREAMED_KILLS: "20",
  PALIMPSEST_INTERRUPTS: "500",
};

/**
 * Sets of tests that run side by side: one more than there are processors, since browsers and processes of their own
 * are waited for.
 */
const lanes = os.availableParallelism() + 1;

/**
 * Runs the unit tests, some once more in WebAssembly and as on a GPU, the browser tests and the notebooks: the longest
 * sets first.
 */
function allTests(projectRoot: string, scratch: string, args: readonly string[]): Promise<Counts> {
  const env = args.includes("--thorough") ? { ...process.env, ...thoroughly } : process.env;
  const run = (tests: readonly string[], options: MochaOptions = {}): Tests => {
    return (stdio) => mocha(projectRoot, scratch, tests, { env, ...options, stdio });
  };
  const apart = ["cli", "setup", "bench"].map((folder) => `test/${folder}/**/*.test.ts`);
  const others = [...apart, "test/browser/**"].flatMap((one) => ["--ignore", one]);
  const browser = browserTests(projectRoot, scratch, args.includes("--require-browser"));
  const wasm = inWebAssembly();
  const tests: Tests[] = [
    run(["test/**/*.test.ts", ...others]),
    ...browser,
    run(apart),
    ...notebooks(projectRoot, scratch),
    run(wasm.args, { env: wasm.env }),
    run(asOnGpu),
  ];
  return sideBySide(scratch, tests, lanes);
}

/** The tests of the network's operations, of those that stand in where there is no native TensorFlow. */
function inWebAssembly({ env = process.env } = {}): { args: string[]; env: NodeJS.ProcessEnv } {
  const tests = ["implementation.test.ts", "lstm/fused/*.test.ts", "lstm/wasm/**/*.test.ts"];
  return {
    args: tests.map((name) => `test/network/${name}`),
    env: { ...env, PALIMPSEST_LSTM: "wasm" },
  };
}

/** The same tests with the other module, which some browsers run. */
function withoutRelaxedSimd(projectRoot: string, scratch: string): Promise<Counts> {
  const { args, env } = inWebAssembly({ env: { ...process.env, PALIMPSEST_RELAXED_SIMD: "0" } });
  return mocha(projectRoot, scratch, args, { env });
}

/** Tests of what is left behind, and counted, where cuDNN holds the weights and makes tensors of them for whoever asks. */
const asOnGpu = [
  ...["--require", "./test/network/lstm/cudnn/as-on-a-gpu.ts", "--grep", "no tensor|is a table"],
  ...["summary", "inside/activations", "inside/look-back", "inside/vectors"].map(
    (name) => `test/network/${name}.test.ts`,
  ),
];

/** The versions in `--nodes=22,24`. */
function versionsIn(args: readonly string[]): string[] {
  return args.flatMap((arg) => /^--nodes=(.+)$/.exec(arg)?.[1].split(",") ?? []);
}

/**
 * Runs the tests of texts, streams, kernel, command and WebAssembly, which meet what Node.js itself changes from
 * version to version.
 */
async function onOtherNode(projectRoot: string, scratch: string, version: string): Promise<Counts> {
  const node = await otherNode(projectRoot, version);
  const wasm = inWebAssembly();
  const runs: [args: string[], env?: NodeJS.ProcessEnv][] = [
    [["test/text/**/*.test.ts", "test/setup/kernel/**/*.test.ts"]],
    [["test/cli/**/*.test.ts"]],
    [wasm.args, wasm.env],
  ];
  const tests = runs.map(([args, env]): Tests => {
    return (stdio) => mocha(projectRoot, scratch, args, { node, env, stdio });
  });
  return sideBySide(scratch, tests, lanes);
}

/** Executes each notebook at small settings, and leaves the outputs that it has as they are. */
function notebooks(projectRoot: string, scratch: string): Tests[] {
  return notebookNames(projectRoot).map((name) => {
    const source = path.join(projectRoot, "notebooks", name);
    const execute = () => executeNotebook(projectRoot, source, path.join(scratch, name), { quick: true });
    return () => oneTest(name, execute);
  });
}

/** The browser tests in two sets: of pages that compute in the browser, and of all others. */
function browserTests(projectRoot: string, scratch: string, required: boolean): Tests[] {
  const computing = ["site", "explorable", "web-page*"].map((name) => `test/browser/${name}.test.ts`);
  const others = ["test/browser/**/*.test.ts", ...computing.flatMap((one) => ["--ignore", one])];
  const chromium = findChromium();
  return [computing, others].map((tests) => async (stdio) => {
    if (chromium !== undefined) {
      const env = { ...process.env, CHROMIUM_PATH: chromium.command };
      return mocha(projectRoot, scratch, tests, { env, stdio });
    }
    const { passed } = await mocha(projectRoot, scratch, [...tests, "--dry-run"], { stdio: "ignore" });
    console.log(`${passed} browser tests not run: no Chromium is installed.\n→ ${chromiumRemedy()}`);
    const failed = Array<string>(passed).fill("a browser test, without a browser");
    return required ? { passed: 0, failed, skipped: 0 } : { passed: 0, failed: [], skipped: passed };
  });
}
