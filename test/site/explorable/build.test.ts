import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { buildExplorable } from "../../../site/explorable/build";
import { shelf } from "../../../site/explorable/shelf";

describe("the folder of the explorable", function () {
  this.timeout(60_000);
  let place: string;

  before(async () => {
    place = await mkdtemp(path.join(os.tmpdir(), "palimpsest-explorable-"));
  });
  after(() => rm(place, { recursive: true }));

  it("holds the page, its scripts and its books, in little more than half a megabyte", async () => {
    const folder = path.join(place, "page");
    const files = await buildExplorable(folder);
    assert.deepEqual(
      files.map(({ name }) => name),
      ["books.js", "index.html", "page.css", "page.js", "worker.js"],
    );
    assert.ok(files.reduce((sum, { bytes }) => sum + bytes, 0) < 520_000);
    const html = await readFile(path.join(folder, "index.html"), "utf8");
    assert.match(html, /http-equiv="Content-Security-Policy" content="default-src /);
    assert.doesNotMatch(html, /{{|<a /);
  });

  it("takes the place of an older one, and of nothing else", async () => {
    const other = path.join(place, "other");
    await mkdir(other);
    await writeFile(path.join(other, "mine.txt"), "mine");
    await assert.rejects(buildExplorable(other), /Expected no folder .*other, .*found mine\.txt in it/);
    assert.equal(await readFile(path.join(other, "mine.txt"), "utf8"), "mine");
    const folder = path.join(place, "page");
    await buildExplorable(folder, { notebooks: "lab/index.html" });
    assert.match(await readFile(path.join(folder, "index.html"), "utf8"), /<a href="lab\/index\.html">/);
  });

  it("has books of a few pages each, which end with a sentence", () => {
    assert.deepEqual(
      shelf().map(({ author }) => author),
      ["Herman Melville", "Abraham Lincoln", "Franklin D Roosevelt"],
    );
    for (const { content } of shelf()) {
      assert.ok(content.length > 1500 && content.length <= 3001, String(content.length));
      assert.match(content, /[.?!]\n$/);
    }
  });
});
