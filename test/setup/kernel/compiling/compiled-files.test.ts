import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { importFolder, projectRoot, TestKernel } from "../client";

const kept = path.join(projectRoot, ".cache", "kernel");

/** What a new kernel answers. */
async function answerOf(code: string) {
  const kernel = await TestKernel.start();
  try {
    return await kernel.execute(code);
  } finally {
    await kernel.stop();
  }
}

function filesWith(words: string): string[] {
  return readdirSync(kept)
    .map((name) => path.join(kept, name))
    .filter((file) => readFileSync(file, "utf8").includes(words));
}

describe("imported files that are kept as compiled", () => {
  const folder = importFolder();
  const words = `kept ${process.pid} ${Date.now()}`;
  const imported = `import { line } from "${folder.path}/line"; line`;
  after(() => folder.remove());

  it("serve the next kernel, which names lines of the TypeScript all the same", async () => {
    folder.write(
      "word.ts",
      `export const word: string = "${words}";\nexport interface Made {\n  of: string;\n}\n`,
    );
    folder.write(
      "line.ts",
      'import { word, type Made } from "./word";\n\nconst made: Made = { of: word };\nexport const line = made.of;\nexport function fail(): never {\n  throw new Error("failed");\n}\n',
    );
    assert.equal((await answerOf(imported)).result, words);
    const [file, ...others] = filesWith(words);
    assert.equal(others.length, 0);
    utimesSync(file, 0, 0);
    assert.equal((await answerOf(imported)).result, words);
    assert.ok(statSync(file).mtimeMs > 0, "expected it to be used again");
    const failed = await answerOf(`import { fail } from "${folder.path}/line"; fail();`);
    assert.match(failed.traceback, /line\.ts:6:9/);
  });

  it("are compiled again where something in them has changed", async () => {
    const [file] = filesWith(words);
    const broken = readFileSync(file, "utf8").replace(words, words.toUpperCase());
    writeFileSync(file, broken);
    assert.equal((await answerOf(imported)).result, words);
    assert.notEqual(readFileSync(file, "utf8"), broken);
  });

  it("do not hide an error that a change of what they import makes of them", async () => {
    folder.write("word.ts", `export const word = 17;\nexport interface Made {\n  of: string;\n}\n`);
    assert.match((await answerOf(imported)).traceback, /'number' is not assignable to type 'string'/);
  });
});
