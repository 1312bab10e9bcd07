import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { importFolder, projectRoot, TestKernel } from "./client";

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe("the kernel", () => {
  let kernel: TestKernel;
  const folder = importFolder();
  before(async () => {
    kernel = await TestKernel.start();
  });
  after(async () => {
    await kernel.stop();
    folder.remove();
  });

  it("works at the project's root, wherever the notebook is", async () => {
    const { result } = await kernel.execute(
      "import { readFileSync } from 'node:fs'; import { random } from './lib/base/random'; JSON.parse(readFileSync('package.json', 'utf8')).name + typeof random(1)()",
    );
    assert.equal(result, "palimpsestnumber");
  });

  it("tells the version of TypeScript that compiles the cells", async () => {
    const { reply } = await kernel.request("kernel_info_request", {});
    const compiled = await kernel.execute("import * as tslab from 'tslab'; tslab.versions.typescript");
    assert.equal(reply.status, "ok");
    assert.equal(reply.language_info.version, compiled.result);
    assert.equal(reply.language_info.file_extension, ".ts");
  });

  it("answers the question for widgets in its own terms", async () => {
    const { reply } = await kernel.request("comm_info_request", {});
    assert.deepEqual(reply, { status: "ok", comms: {} });
  });

  it("lets a function see what a later cell assigns to its variables", async () => {
    await kernel.execute(
      `let seen = 1, { width } = { width: 2 };
       var step = (by: number) => (seen += by);
       const sum = () => { const seen = 100; return [seen, width, { width }.width].join(); };
       class Reader { read() { return { seen, after: step(1) }; } }
       const look = () => seen;
       seen = 5;`,
    );
    assert.equal((await kernel.execute("look()")).result, "5");
    assert.equal((await kernel.execute("seen = 7; width = 8; look()")).result, "7");
    assert.equal((await kernel.execute("step(1); sum() + ' ' + seen")).result, "100,8,8 8");
    assert.equal(
      (await kernel.execute("step = (by) => (seen -= by); new Reader().read()")).result,
      "{ seen: 8, after: 7 }",
    );
    assert.equal((await kernel.execute("({ seen } = { seen: 9 }); [seen, look()].join()")).result, "9,9");
  });

  it("lets later cells change its variables in every way that TypeScript knows", async () => {
    await kernel.execute("let tally = 0; var value = 1; function read() { return [tally, value].join(); }");
    const ways = [
      "tally++; ++tally; tally += 8;",
      "[tally] = [11];",
      "({ tally } = { tally: 12 });",
      "({ a: tally, b: [value] } = { a: 13, b: [2] });",
      "for (tally of [13, 14]);",
      "await Promise.resolve(); tally = 15; await 0; value = 3;",
      "const change = () => { tally++; [value] = [value + 1]; };",
      "change();",
    ];
    const seen = [];
    for (const way of ways) seen.push((await kernel.execute(`${way} read()`)).result);
    assert.deepEqual(seen, ["10,1", "11,1", "12,1", "13,2", "14,2", "15,3", "15,3", "16,4"]);
    assert.match((await kernel.execute("read = () => '';")).traceback, /Cannot assign to 'read'/);
    await kernel.execute("const fixed = 1; import { join } from 'node:path';");
    assert.match(
      (await kernel.execute("fixed = 2;")).traceback,
      /Cannot assign to 'fixed' because it is a constant/,
    );
    assert.match(
      (await kernel.execute("join = null;")).traceback,
      /Cannot assign to 'join' because it is an import/,
    );
    assert.equal((await kernel.execute("join('a', 'b')")).result, "a/b");
  });

  it("takes a variable that is declared anew for another one", async () => {
    const cell = "let again = 1; const old = () => again;";
    await kernel.execute(cell);
    await kernel.execute("const both = () => [again, old()].join(); const kept = old;");
    assert.equal((await kernel.execute("again = 2; both()")).result, "2,2");
    await kernel.execute(cell);
    assert.equal((await kernel.execute("again = 3; [both(), kept()].join()")).result, "3,3,2");
    assert.equal(
      (await kernel.execute("let again = 'words'; [both(), old().toFixed()].join()")).result,
      "words,3,3",
    );
  });

  it("shows the earlier variable where a cell fails before it declares one of its name", async () => {
    await kernel.execute("let steady = 1; const readSteady = () => steady;");
    await kernel.execute("throw new Error('early'); let steady = 2; import { sep } from 'node:path';");
    assert.equal((await kernel.execute("steady = 5; readSteady()")).result, "5");
    await kernel.execute("let open: number; throw new Error('late');");
    await kernel.execute("import path, * as all from 'node:path'; import { sep as mark } from 'node:path';");
    assert.equal((await kernel.execute("[path.sep, all.sep, mark].join('')")).result, "///");
  });

  it("calls a function of an earlier cell as one of its own", async () => {
    await kernel.execute(
      "function self() { return this === globalThis; } const tell = (strings, ...rest) => strings.raw.length;",
    );
    assert.equal((await kernel.execute("[self(), tell`a${1}b`].join()")).result, "true,2");
  });

  it("ends with the program that started it, even where that was killed", async () => {
    const start =
      'require("./test/setup/kernel/client").TestKernel.start().then(({ pid }) => console.log(pid));';
    const args = ["--require", "tsx/cjs", "--eval", start];
    const temporary = mkdtempSync(path.join(os.tmpdir(), "palimpsest-killed-"));
    const frontEnd = spawn(process.execPath, args, {
      cwd: projectRoot,
      env: { ...process.env, TMPDIR: temporary }, // what is killed leaves its files behind
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [pid] = (await once(frontEnd.stdout, "data")) as [Buffer];
    assert.ok(isRunning(Number(pid)));
    frontEnd.kill("SIGKILL");
    while (isRunning(Number(pid))) await setTimeout(50);
    rmSync(temporary, { recursive: true });
  });

  it("takes every form of await", async () => {
    const { reply, result } = await kernel.execute(
      "for await (const x of [1]) console.log(x);\nconst sum = (await (Promise.resolve(1))) + (await [2])[0];\nsum",
    );
    assert.deepEqual([reply.status, result], ["ok", "3"]);
    assert.equal((await kernel.execute("await (Promise.resolve(5))")).result, "5");
    assert.equal((await kernel.execute("for await (const x of [6]) console.log(x);")).stdout, "6\n");
  });

  it("knows the variables of earlier cells in shorthand properties, where no nearer one has their name", async () => {
    await kernel.execute("let length = 3; const { title, year } = { title: 'Emma', year: 1815 };");
    const { result } = await kernel.execute(
      "const inner = ((year: number) => ({ year }))(7); ({ length } = { length: 4 }); JSON.stringify([{ title, year }, inner, { length }])",
    );
    assert.equal(result, '[{"title":"Emma","year":1815},{"year":7},{"length":4}]');
  });

  it("runs cells one after another, and is busy with one at a time", async () => {
    const first = kernel.published.length;
    await Promise.all([
      kernel.execute("await new Promise((resolve) => setTimeout(resolve, 30)); console.log('one');"),
      kernel.execute("console.log('two');"),
    ]);
    const told = kernel.published.slice(first).map(({ content, request }) => {
      const what = content.execution_state ?? content.text?.trim() ?? content.code.slice(0, 5);
      return { what, request };
    });
    assert.deepEqual(
      told.map(({ what }) => what),
      ["busy", "await", "one", "idle", "busy", "conso", "two", "idle"],
    );
    assert.deepEqual(
      told.map(({ request }) => request - told[0].request),
      [0, 0, 0, 0, 1, 1, 1, 1],
    );
  });

  it("loads an edited file again when it is imported again, with the files that import it", async () => {
    folder.write("word.ts", "export const word: string = 'old';\n");
    folder.write("line.ts", "import { word } from './word';\nexport const line = `a line of ${word}`;\n");
    folder.write("page.ts", "import { line } from './line';\nexport const page = [line];\n");
    const imported = `import { page } from "${folder.path}/page"; page[0]`;
    assert.equal((await kernel.execute(imported)).result, "a line of old");
    folder.write("word.ts", "export const word: number = 17;\n");
    assert.equal((await kernel.execute(imported)).result, "a line of 17");
    folder.write(
      "line.ts",
      "import { word } from './word';\nexport const line = `word ${word.toFixed(1)}`;\n",
    );
    assert.equal((await kernel.execute(imported)).result, "word 17.0");
  });

  it("runs a file once, as long as it stays as it is", async () => {
    folder.write("once.ts", "export const made = { at: Math.random() };\n");
    const imported = `import { made } from "${folder.path}/once"; made.at`;
    const first = await kernel.execute(imported);
    folder.write("once.ts", "export const made = { at: Math.random() };\n");
    assert.equal((await kernel.execute(imported)).result, first.result);
  });

  it("gives of an imported file what it exports, also where it ends as a cell may", async () => {
    folder.write("ends.ts", "export const list: number[] = [];\nlist.push(1);\n");
    const { result } = await kernel.execute(`import * as ends from "${folder.path}/ends"; Object.keys(ends)`);
    assert.equal(result, "[ 'list' ]");
  });

  it("finds a file that was missing before, and keeps what there was", async () => {
    folder.write("state.ts", "export const state = { count: 0 };\n");
    await kernel.execute(`import { state } from "${folder.path}/state"; state.count = 5;`);
    const imported = `import { late } from "${folder.path}/late"; late`;
    assert.match((await kernel.execute(imported)).traceback, /Cannot find module/);
    folder.write("late.ts", "export const late = 'here';\n");
    assert.equal((await kernel.execute(imported)).result, "here");
    const again = `import { state as same } from "${folder.path}/state"; [same.count, state.count].join()`;
    assert.equal((await kernel.execute(again)).result, "5,5");
  });
});
