import assert from "node:assert/strict";
import { importFolder, TestKernel } from "./client";

describe("a cell that fails", () => {
  let kernel: TestKernel;
  const folder = importFolder();
  before(async () => {
    kernel = await TestKernel.start();
  });
  after(async () => {
    await kernel.stop();
    folder.remove();
  });

  it("sends an `error` message, and a reply that says the same", async () => {
    const { outputs, reply } = await kernel.execute("throw new RangeError('too far')");
    assert.equal(outputs.length, 1);
    assert.equal(outputs[0].type, "error");
    const { ename, evalue, traceback } = outputs[0].content;
    assert.deepEqual([ename, evalue], ["RangeError", "too far"]);
    assert.equal(reply.status, "error");
    assert.deepEqual([reply.ename, reply.evalue, reply.traceback], [ename, evalue, traceback]);
  });

  it("shows its own line, as it is written in TypeScript", async () => {
    const { reply, traceback } = await kernel.execute(
      "interface Poet {\n  name: string;\n}\nconst poet: Poet = { name: 'Ann' };\n\nthrow new Error(poet.name as string);",
    );
    assert.equal(
      traceback,
      [
        "Error: Ann",
        `    at cell[${reply.execution_count}].ts:6:7`,
        "       6 | throw new Error(poet.name as string);",
        "         |       ^",
      ].join("\n"),
    );
  });

  it("shows the lines of imported files and of other cells on the way", async () => {
    folder.write(
      "verse.ts",
      "type Line = string;\n\nexport function verse(line: Line): Line {\n  if (!line) throw new Error(`Expected a line, got ${line}`);\n  return line;\n}\n",
    );
    const definition = await kernel.execute(
      `import { verse } from "${folder.path}/verse";\nfunction stanza(lines: string[]) {\n  return lines.map(verse);\n}`,
    );
    assert.equal(definition.reply.status, "ok");
    const { reply, traceback } = await kernel.execute("const lines: string[] = ['', ''];\nstanza(lines);");
    const file = folder.path.slice(2);
    assert.match(traceback, /^Error: Expected a line, got \n/);
    for (const expected of [
      `    at verse (${file}/verse.ts:4:20)\n       4 |   if (!line) throw`,
      `    at stanza (cell[${definition.reply.execution_count}].ts:3:16)\n       3 |   return lines.map(verse);\n`,
      `    at cell[${reply.execution_count}].ts:2:1\n       2 | stanza(lines);\n`,
    ]) {
      assert.ok(traceback.includes(expected), traceback);
    }
    assert.doesNotMatch(traceback, /setup\/kernel|tslab|node:/);
  });

  it("shows the line that waited for an asynchronous function of an imported file", async () => {
    folder.write(
      "slow.ts",
      "export async function slow(): Promise<never> {\n  await new Promise((resolve) => setTimeout(resolve, 1));\n  throw new Error('late');\n}\nexport async function* slowly() {\n  yield 1;\n  await slow();\n}\n",
    );
    const { reply, traceback } = await kernel.execute(
      `import { slow, slowly } from "${folder.path}/slow";\n\nfor await (const one of slowly()) {\n  console.log(one);\n}`,
    );
    assert.match(traceback, /at slow \(.*slow\.ts:3:9\)\n.*throw new Error\('late'\);/);
    assert.match(traceback, /at async slowly \(.*slow\.ts:7:3\)/);
    assert.ok(traceback.includes(`at async cell[${reply.execution_count}].ts:3:18`), traceback);
    const awaited = await kernel.execute("const nothing = 0;\nawait slow();");
    assert.ok(awaited.traceback.includes(`at async cell[${awaited.reply.execution_count}].ts:2:1`));
  });

  it("is not buried under the library's own lines where the library answers a mistake", async () => {
    const { traceback, reply } = await kernel.execute(
      'import { Poet } from "./lib";\nawait Poet.load("data/nobody.palimpsest");',
    );
    assert.match(
      traceback,
      new RegExp(
        "^Error: Expected a checkpoint .*\n    at \\S+ \\(lib/train/saved/\\S+\\), and \\d+ more in lib\n" +
          `    at async cell\\[${reply.execution_count}\\]\\.ts:2:1\n       2 \\| await Poet\\.load.*\n.*\\^$`,
      ),
    );
  });

  it("names the causes of an error", async () => {
    const { traceback } = await kernel.execute(
      "const cause = new TypeError('inner');\nthrow new Error('outer', { cause });",
    );
    assert.match(traceback, /^Error: outer\n[^]*Caused by TypeError: inner\n +at cell\[\d+\]\.ts:1:15\n/);
  });

  it("may throw anything", async () => {
    const { outputs } = await kernel.execute("throw { code: 7 };");
    assert.deepEqual([outputs[0].content.ename, outputs[0].content.evalue], ["Thrown", "{ code: 7 }"]);
  });

  it("is told of a type error with line, column and the line itself", async () => {
    const { outputs, reply, traceback } = await kernel.execute("const one = 1;\nconst two: string = one;");
    const place = `cell[${reply.execution_count}].ts:2:7`;
    assert.equal(reply.status, "error");
    assert.equal(outputs[0].content.ename, "TypeScriptError");
    assert.equal(
      traceback,
      `TypeScriptError: ${place} Type 'number' is not assignable to type 'string'. (TS2322)\n       2 | const two: string = one;\n         |       ^`,
    );
  });

  it("is told of a type error in an imported file, also where the message has several parts", async () => {
    folder.write(
      "wrong.ts",
      "export interface Poem {\n  lines: string[];\n}\nexport const poem: Poem = { lines: [1] as number[] };\n",
    );
    const { reply, traceback } = await kernel.execute(`import { poem } from "${folder.path}/wrong";\npoem`);
    assert.equal(reply.status, "error");
    assert.match(
      traceback,
      /^TypeScriptError: \.cache\/[^ ]*\/wrong\.ts:4:29 Type 'number\[\]' is not assignable/,
    );
    assert.match(traceback, /Type 'number' is not assignable to type 'string'\. \(TS2322\)/);
    assert.ok(traceback.includes("       4 | export const poem: Poem ="), traceback);
  });

  it("prints stack traces of its own with lines of TypeScript", async () => {
    const { reply, stdout } = await kernel.execute(
      "type Unused = string;\n\ntry {\n  throw new Error('mine');\n} catch (error) {\n  console.log((error as Error).stack);\n}",
    );
    assert.equal(stdout, `Error: mine\n    at cell[${reply.execution_count}].ts:4:9\n`);
  });

  it("keeps the declarations before the failing line, and what the names meant that it did not reach", async () => {
    await kernel.execute("let late = 'old'; const earlier = 1;");
    const failed = await kernel.execute(
      `import { verse as early } from "${folder.path}/verse";
       interface Pair { left: number }
       const { left, ...others } = { left: 1, right: 2 };
       const pair: Pair = { left };
       class Reached {}
       throw new Error("here");
       let late = 3;
       const unreached = 4;`,
    );
    assert.equal(failed.reply.status, "error");
    const kept = await kernel.execute(
      "const typed: Pair = pair; [typed.left, left, others.right, new Reached() instanceof Reached, early('x'), late.length, earlier].join()",
    );
    assert.equal(kept.result, "1,1,2,true,x,3,1");
    assert.match((await kernel.execute("unreached")).traceback, /Cannot find name 'unreached'/);
  });

  it("aborts the cells that wait behind it, and no later one", async () => {
    const waiting = [
      kernel.execute("await new Promise((resolve) => setTimeout(resolve, 50)); throw new Error('stop');"),
      kernel.execute("console.log('one')"),
      kernel.execute("console.log('two')"),
    ];
    const failed = await waiting[0];
    const next = await kernel.execute("console.log('three')");
    assert.equal(failed.reply.status, "error");
    assert.deepEqual(
      (await Promise.all(waiting)).map(({ reply }) => reply.status),
      ["error", "aborted", "aborted"],
    );
    assert.deepEqual([next.reply.status, next.stdout], ["ok", "three\n"]);
  });

  it("aborts the cells that arrived while it held the process, and no later one", async () => {
    const waiting = [
      kernel.execute("const begin = Date.now(); while (Date.now() < begin + 100); throw new Error('stop');"),
      kernel.execute("console.log('one')"),
    ];
    const failed = await waiting[0];
    const next = await kernel.execute("console.log('two')");
    assert.equal(failed.reply.status, "error");
    assert.equal((await waiting[1]).reply.status, "aborted");
    assert.deepEqual([next.reply.status, next.stdout], ["ok", "two\n"]);
  });

  it("does not end the kernel by a rejection that nobody awaits, which is printed", async () => {
    const { reply, stderr } = await kernel.execute(
      "void Promise.reject(new Error('nobody'));\nawait new Promise((resolve) => setTimeout(resolve, 20));",
    );
    assert.equal(reply.status, "ok");
    assert.match(stderr, /Uncaught .*Error.*: nobody\n +at cell\[\d+\]\.ts:1:21\n/);
    const thrown = await kernel.execute(
      "setTimeout(() => { throw new Error('later'); });\nawait new Promise((resolve) => setTimeout(resolve, 20));",
    );
    assert.match(thrown.stderr, /Uncaught .*Error.*: later\n/);
  });
});
