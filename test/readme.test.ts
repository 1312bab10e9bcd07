import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { transformSync } from "esbuild";
import { venvPython } from "../setup/bare/project.mjs";
import { frame } from "./text/packed/frames";

const project = path.join(__dirname, "..");
const readme = readFileSync(path.join(project, "README.md"), "utf8");
const blocksOf = (language: string) =>
  Array.from(readme.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "gms")), ([, code]) => code);
const examples = blocksOf("ts");
const commands = blocksOf("sh").flatMap((block) => block.trimEnd().split("\n"));
const run = promisify(execFile);

/** What stands in the examples is for an evening; each is found there, and is small here. */
const smaller: readonly (readonly [words: string, instead: string])[] = [
  [
    'Poet.from("data/mine.txt")',
    'Poet.from("data/mine.txt", { neurons: 8, layers: 1, steps: 16, batchSize: 4 })',
  ],
  [
    "{ neurons: 256, layers: 3, iterations: 2000 }",
    "{ neurons: 8, layers: 1, steps: 16, batchSize: 4, iterations: 4 }",
  ],
  ['{ checkpoints: "data/runs/mine" }', '{ checkpoints: "data/runs/mine", sampleEvery: 2 }'],
  ['{ level: "words", maxWords: 5000 }', '{ level: "words", maxWords: 5000, steps: 8 }'],
  [
    '{ labels: ["author"], attention: true }',
    '{ labels: ["author"], attention: true, neurons: 8, steps: 8 }',
  ],
  [
    "{ params: { iterations: 300 } }",
    "{ params: { iterations: 3, neurons: 8, layers: 1, steps: 16, batchSize: 4 } }",
  ],
  ["{ frozenLayers: 1 }", "{ frozenLayers: 1, iterations: 2 }"],
];

/** The same for commands, by patterns of the shell, of which the first that fits counts; what is said last counts, too. */
const smallRun = "--neurons 8 --layers 1 --steps 16 --batch-size 4 --sample-every 0";
const smallerCommands: Readonly<Record<string, string>> = {
  "train*--epochs*": smallRun,
  "train*": `${smallRun} --iterations 6`,
  "search*": `${smallRun.replace("--neurons 8 ", "").replace(" --sample-every 0", "")} --iterations 2 --trials 2`,
};

const words = "It was a truth universally acknowledged, that the wind is in want of a sail.\n";

/** A folder in which the README's paths mean what they mean in the project, with texts of its reader. */
function scratch(): string {
  mkdirSync(path.join(project, ".cache"), { recursive: true });
  const folder = mkdtempSync(path.join(project, ".cache", "readme-"));
  for (const name of ["lib", "web", "cli", "pretrained", "node_modules"])
    symlinkSync(path.join(project, name), path.join(folder, name));
  for (const name of ["package.json", "tsconfig.json"])
    cpSync(path.join(project, name), path.join(folder, name));
  const write = (name: string, content: string | Buffer) => {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  };
  for (const place of ["", "data/"]) {
    write(`${place}mine.txt`, words.repeat(20));
    write(`${place}corpus/a.txt`, words.repeat(10));
    write(`${place}more.txt.zst`, frame([words.repeat(10)]));
  }
  write(
    "data/haiku.csv",
    `text,author\n${`"The old pond; a frog",Bashō\n"The snail, slowly",Issa\n`.repeat(20)}`,
  );
  for (const id of [1342, 158])
    write(
      `mirror/cache/epub/${id}/pg${id}.txt`,
      `Title: Book ${id}\n\n*** START OF THE PROJECT GUTENBERG EBOOK ${id} ***\n\n${words.repeat(30)}\n*** END OF THE PROJECT GUTENBERG EBOOK ${id} ***\n`,
    );
  return folder;
}

describe("the README's examples", function () {
  this.timeout(600_000);
  let folder: string;
  before(() => (folder = scratch()));
  after(() => rmSync(folder, { recursive: true }));

  const env = () => ({ ...process.env, GUTENBERG_MIRROR: path.join(folder, "mirror") });

  it("are TypeScript that runs in a file .mts, as the README says of the first", () => {
    assert.match(readme, /`mine\.mts`, which `npx tsx mine\.mts` runs:\n\n```ts\n/);
    // What waits at its top level is a module of ECMAScript, which a file .ts of this project is not.
    assert.throws(() => transformSync(examples[0], { loader: "ts", format: "cjs" }), /Top-level await/);
    for (const code of examples) transformSync(code, { loader: "ts", format: "esm" });
  });

  it("run as they are written, the first by itself, the others one after another, but for smaller networks", async () => {
    const [first, ...others] = examples;
    for (const [words] of smaller)
      assert.ok(
        examples.some((code) => code.includes(words)),
        words,
      );
    const small = (code: string) =>
      smaller.reduce((all, [words, instead]) => all.replace(words, instead), code);
    for (const [name, code] of [
      ["mine.mts", first],
      ["more.mts", others.join("\n")],
    ]) {
      writeFileSync(path.join(folder, name), small(code));
      await run("npx", ["tsx", name], { cwd: folder, env: env(), maxBuffer: 2 ** 26 });
    }
    for (const name of [
      "poet.palimpsest",
      "sample.html",
      "story.html",
      "poet.keras",
      "page/index.html",
      "tensorboard/mine",
    ])
      assert.ok(existsSync(path.join(folder, "data", name)), name);
  });

  it("are commands that run as they are written, but for smaller networks", async function () {
    const lines = commands.filter((line) => line.startsWith("npx palimpsest"));
    assert.ok(lines.length >= 5);
    // Stands before the command, and adds what makes networks small.
    const bin = path.join(folder, "bin");
    mkdirSync(bin);
    const cases = Object.entries(smallerCommands).map(
      ([pattern, options]) => `${pattern}) set -- "$@" ${options};;`,
    );
    const command = `"${process.execPath}" "${path.join(project, "cli", "palimpsest.mjs")}"`;
    writeFileSync(
      path.join(bin, "npx"),
      `#!/bin/sh\n[ "$1" = palimpsest ] || exit 9\nshift\ncase "$*" in ${cases.join(" ")} esac\nexec ${command} "$@"\n`,
    );
    chmodSync(path.join(bin, "npx"), 0o755);
    for (const line of lines) {
      if (line.includes(" search ") && !existsSync(venvPython(project))) continue; // Optuna is Python's
      const options = { cwd: folder, env: { ...env(), PATH: `${bin}${path.delimiter}${process.env.PATH}` } };
      await run("sh", ["-c", line], options).catch((error: { stderr?: string }) =>
        assert.fail(`${line}\n${error.stderr ?? String(error)}`),
      );
    }
    assert.ok(existsSync(path.join(folder, "page", "index.html")));
  });

  it("name scripts of the package and files that there are", () => {
    const { scripts } = JSON.parse(readFileSync(path.join(project, "package.json"), "utf8"));
    const named = [...readme.matchAll(/\bnpm (?:run )?(\w+)/g)]
      .map(([, name]) => name)
      .filter((name) => name !== "run");
    assert.ok(named.length > 5);
    for (const name of named) assert.ok(name in scripts, `npm run ${name}`);
    for (const line of commands.filter((line) => line.startsWith("npm")))
      assert.match(line, /^npm (start|test)$/);
    for (const [, place] of readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g))
      assert.ok(existsSync(path.join(project, place)), place);
  });
});
