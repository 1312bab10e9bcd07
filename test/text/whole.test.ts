import assert from "node:assert/strict";
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { writeWhole } from "../../lib/text/whole";
import { withFolder } from "./server";

describe("writeWhole", () => {
  it("leaves the old file, and nothing else, where the new one fails half-way", () =>
    withFolder(async (scratch) => {
      const file = path.join(scratch, "book.txt");
      await writeWhole(file, (part) => writeFile(part, "old"));
      const failed = writeWhole(file, async (part) => {
        await writeFile(part, "half of the n");
        throw new Error("broke off");
      });
      await assert.rejects(failed, /broke off/);
      assert.equal(await readFile(file, "utf8"), "old");
      assert.deepEqual(await readdir(scratch), ["book.txt"]);
    }));

  it("lets two writers of one file end with the file of one of them", () =>
    withFolder(async (scratch) => {
      const file = path.join(scratch, "new", "book.txt");
      const write = (text: string) => writeWhole(file, (part) => writeFile(part, text.repeat(100_000)));
      await Promise.all([write("a"), write("b")]);
      assert.match(await readFile(file, "utf8"), /^(a{100000}|b{100000})$/);
    }));
});
