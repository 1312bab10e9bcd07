import assert from "node:assert/strict";
import { importFolder, TestKernel } from "./client";

describe("what the kernel tells while one types", () => {
  let kernel: TestKernel;
  const folder = importFolder();
  before(async () => {
    kernel = await TestKernel.start();
    folder.write("verse.ts", "export const verse = 1;\n");
    folder.write("verses/index.ts", "export const verses = 2;\n");
    folder.write("other.ts", "export const other = 3;\n");
  });
  after(async () => {
    await kernel.stop();
    folder.remove();
  });

  /** The source as each completion would make it; `|` is the cursor. */
  async function completed(source: string): Promise<string[]> {
    const [before, after] = source.split("|");
    const { reply } = await kernel.request("complete_request", {
      code: before + after,
      cursor_pos: [...before].length,
    });
    const { cursor_start, cursor_end, matches } = reply as {
      cursor_start: number;
      cursor_end: number;
      matches: string[];
    };
    const points = [...(before + after)];
    return matches.map(
      (match) => points.slice(0, cursor_start).join("") + match + points.slice(cursor_end).join(""),
    );
  }

  it("offers completions of what earlier cells declared, without the names of the test runner", async () => {
    await kernel.execute("const palimpsestLibrary = { texts: [1] };");
    const { reply } = await kernel.request("complete_request", { code: "palimps", cursor_pos: 7 });
    assert.ok(reply.matches.includes("palimpsestLibrary"));
    const tests = await kernel.request("complete_request", { code: "descri", cursor_pos: 6 });
    assert.ok(!tests.reply.matches.includes("describe"));
  });

  it("completes the files and folders that an import may name", async () => {
    const { path } = folder;
    assert.deepEqual(await completed(`import { verse } from "${path}/ve|"`), [
      `import { verse } from "${path}/verse"`,
      `import { verse } from "${path}/verses"`,
    ]);
    assert.deepEqual(await completed(`await import("${path}/oth|")`), [`await import("${path}/other")`]);
    assert.deepEqual(await completed('import { Poet } from "./li|"'), ['import { Poet } from "./lib"']);
    assert.deepEqual(await completed('import { Poet } from "./lib/po|'), [
      'import { Poet } from "./lib/poet',
    ]);
    assert.ok(!(await completed('import { Poet } from "./|"')).some((line) => line.includes("./.")));
  });

  it("completes packages, of Node.js and of the project", async () => {
    assert.deepEqual(await completed('import fetch from "node-fe|"'), ['import fetch from "node-fetch"']);
    assert.ok((await completed('import fs from "node:f|"')).includes('import fs from "node:fs/promises"'));
    assert.deepEqual(await completed('import fs from "node:fs/p|"'), ['import fs from "node:fs/promises"']);
  });

  it("completes keys and names behind characters that JavaScript counts twice", async () => {
    await kernel.execute("const poem = { title: '🐋', 'first line': 1, time: 2 };");
    assert.deepEqual(await completed("'🐋🐋'; poem['ti|']"), [
      "'🐋🐋'; poem['time']",
      "'🐋🐋'; poem['title']",
    ]);
    assert.deepEqual(await completed("'🐋🐋'; poem.tit|"), ["'🐋🐋'; poem.title"]);
  });

  it("shows of a name its type, its words, and all tags with their names and links", async () => {
    await kernel.execute(`/**
 * Adds. See {@link poem} and {@link https://example.org/sums the sums}.
 *
 * @param left the first
 * @returns the sum
 * @throws {RangeError} where \`left\` is negative
 * @example add(1, 2) // 3
 * @example
 * const sum = add(1, 2);
 * sum + 1
 */
function add(left: number, right: number) { return left + right; }`);
    const { reply } = await kernel.request("inspect_request", { code: "'🐋'; add(1, 2)", cursor_pos: 6 });
    assert.deepEqual(reply.data, {
      "text/plain": `function add(left: number, right: number): number

Adds. See poem and the sums (https://example.org/sums).

@param left the first
@returns the sum
@throws {RangeError} where \`left\` is negative
@example add(1, 2) // 3
@example
  const sum = add(1, 2);
  sum + 1`,
    });
    assert.equal((await kernel.request("inspect_request", { code: "  ", cursor_pos: 1 })).reply.found, false);
  });
});
