import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { readSource } from "../../../lib/text/sources/sources";
import { withFolder } from "../server";
import { contents, read } from "./read";

describe("a text with separators in it", () => {
  const lines = ["An old silent pond", "a frog jumps into the pond", "splash! silence again"];

  it("is cut at them whatever form they and its line ends have", async () => {
    for (const [inFile, separator] of [
      ["\r\n\r\n", "\n\n"],
      ["\n\n", "\r\n\r\n"],
      ["\r\n\r\n", "\r\n\r\n"],
      ["\r\r", "\n\n"],
      ["\ncafe\u0301\n", "\ncafé\n"],
      ["\ncafé\n", "\ncafe\u0301\n"],
    ])
      assert.deepEqual((await contents("a.txt", lines.join(inFile), { separator })).texts, lines);
  });

  it("is cut at those that are left out of a text: form feeds, and signs of control", async () => {
    for (const separator of ["\f", "\f\n", "\v", "\u001e", "\0"])
      assert.deepEqual(await contents("a.txt", lines.join(separator), { separator }), {
        texts: lines,
        notices: [],
      });
    const { texts, notices } = await contents("a.txt", `one\r\n\u0007\ftwo`, { separator: "\f" });
    assert.deepEqual(texts, ["one\n", "two"]);
    assert.match(notices.join(), /^1 control character in .*a\.txt, U\+0007 in line 2, was left out$/);
  });

  it("tells where one stands nowhere in a file, but not of a folder", async () => {
    const [text, ...others] = await read("a.txt", "one\n \ntwo\n", { separator: "\n\n" });
    assert.deepEqual([text.content, others], ["one\n \ntwo\n", []]);
    assert.match(
      text.notices?.join() ?? "",
      /a\.txt: "\\n\\n" stands nowhere in it, so all of it is one short text$/,
    );
    await withFolder(async (folder) => {
      await writeFile(path.join(folder, "a.txt"), "one");
      assert.deepEqual((await readSource({ folder, separator: "\n" }, {}))[0].notices, undefined);
    });
  });
});
