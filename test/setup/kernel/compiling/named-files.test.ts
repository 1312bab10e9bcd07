import assert from "node:assert/strict";
import { importFolder, TestKernel } from "../client";

describe("an import in a cell or in a file that cells import", () => {
  let kernel: TestKernel;
  const folder = importFolder();
  before(async () => {
    kernel = await TestKernel.start();
    folder.write(
      "text/index.ts",
      "export { word } from './word';\nexport interface Size { width: number }\n",
    );
    folder.write("text/word.ts", "import type { Size } from '.';\nexport const word = 'old';\n");
    folder.write("text/dot.ts", "export { word } from '.';\n");
    folder.write("text/deep/parent.ts", "export * from '..';\n");
    folder.write("all.ts", "export * from './text';\n");
  });
  after(async () => {
    await kernel.stop();
    folder.remove();
  });

  /** What a cell finds as `name` where it imports that from a file or folder. */
  async function imported(from: string, name = "word"): Promise<string> {
    const code = `import { ${name} } from "${folder.path}/${from}"; ${name}`;
    const { result, traceback } = await kernel.execute(code);
    return result ?? traceback;
  }

  it("takes a folder for its index, whatever way the folder is named", async () => {
    folder.write("text/slash.ts", "import { word } from './'; export { word };\n");
    const ways = ["text", "text/", "text/index", "text/dot", "text/slash", "text/deep/parent", "all"];
    for (const way of ways) assert.equal(await imported(way), "old", way);
    assert.equal((await kernel.execute(`(await import("${folder.path}/text")).word`)).result, "old");
  });

  it("sees an edit behind a folder", async () => {
    const ways = ["text/deep/parent", "all", "text/dot", "text"];
    for (const way of ways) assert.equal(await imported(way), "old", way);
    folder.write("text/word.ts", "import type { Size } from '.';\nexport const word = 'new';\n");
    for (const way of ways) assert.equal(await imported(way), "new", way);
    folder.write("text/word.ts", "export const word: number = 'new';\n");
    assert.match(
      await imported("all"),
      /text\/word\.ts:1:14 Type 'string' is not assignable to type 'number'/,
    );
    folder.write("text/word.ts", "export const word = 'mended';\n");
    assert.equal(await imported("all"), "mended");
  });

  it("does not run a folder of which it takes types alone", async () => {
    folder.write(
      "loud/index.ts",
      "export interface Loud { of: string }\nthrow new Error('the index was run');\n",
    );
    folder.write(
      "quiet.ts",
      "import { Loud } from './loud';\nexport type * from './loud';\nexport const quiet: Loud = { of: 'types' };\n",
    );
    assert.equal(await imported("quiet", "quiet"), "{ of: 'types' }");
    assert.match(
      (await kernel.execute(`import * as loud from "${folder.path}/loud"; loud`)).traceback,
      /loud\/index\.ts:2/,
    );
  });

  it("takes a file rather than a folder of the same name", async () => {
    folder.write("both.ts", "export const which = 'file';\n");
    folder.write("both/index.ts", "export const which = 'folder';\n");
    folder.write("both/inside.ts", "export { which } from '.';\n");
    assert.equal(await imported("both", "which"), "file");
    assert.equal(await imported("both/inside", "which"), "folder");
    assert.equal(await imported("both", "which"), "file");
  });

  it("finds what TypeScript finds: names with dots, and what a package.json names", async () => {
    folder.write("v1.2/index.ts", "export const dotted = 'folder';\n");
    folder.write("half.way.ts", "export const half = 'file';\n");
    folder.write("main/package.json", '{ "main": "./start" }');
    folder.write("main/start.ts", "export const start = 'main';\n");
    assert.equal(await imported("v1.2", "dotted"), "folder");
    assert.equal(await imported("half.way", "half"), "file");
    assert.equal(await imported("main", "start"), "main");
  });
});
