import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { run, workFolder } from "../command";

const book = `Title: Emma

Author: Jane Austen

*** START OF THE PROJECT GUTENBERG EBOOK EMMA ***

Emma Woodhouse, handsome, clever, and rich.

*** END OF THE PROJECT GUTENBERG EBOOK EMMA ***

The Full Project Gutenberg License
`;

const catalogue = `Text#,Type,Issued,Title,Language,Authors,Subjects,LoCC,Bookshelves
158,Text,1994-08-01,Emma,en,"Austen, Jane, 1775-1817",England -- Fiction,PR,Best Books
2229,Text,2000-06-01,Faust,de,"Goethe, Johann Wolfgang von, 1749-1832",German poetry,PT,
`;

describe("palimpsest texts", function () {
  this.timeout(60_000);
  const folder = workFolder(); // … which the tests name as mirror, too.
  before(() => {
    for (const [name, content] of [
      [path.join("cache", "epub", "158", "pg158.txt"), book],
      [path.join("cache", "epub", "feeds", "pg_catalog.csv"), catalogue],
    ]) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), content);
    }
  });

  it("finds books by words and by fields, in lines or as JSON", async () => {
    const lines = await run(folder, "texts search austen emma");
    assert.equal(lines.exitCode, 0, lines.stderr);
    assert.equal(lines.stdout, "158  Emma  Jane Austen  en\n");
    const german = await run(folder, "texts search --language German --json");
    assert.deepEqual(
      (JSON.parse(german.stdout) as { id: number }[]).map(({ id }) => id),
      [2229],
    );
    const nothing = await run(folder, "texts search nobody");
    assert.deepEqual([nothing.exitCode, nothing.stdout], [0, ""]);
    assert.match(nothing.stderr, /No book answers that/);
  });

  it("fetches books once, and gives their words to a folder or to the next command", async () => {
    const kept = await run(folder, "texts get 158");
    assert.equal(kept.stdout, `${path.join("data", "gutenberg", "pg158.txt")}\n`, kept.stderr);
    assert.equal(readFileSync(path.join(folder, kept.stdout.trim()), "utf8"), book);
    const [described] = JSON.parse((await run(folder, "texts get 158 --output books --json")).stdout);
    const words = readFileSync(path.join(folder, "books", "158.txt"), "utf8");
    assert.match(words, /^Emma Woodhouse, handsome, clever, and rich\.\n*$/);
    const file = path.join("books", "158.txt");
    const { length: characters } = words;
    assert.deepEqual(described, { id: 158, title: "Emma", author: "Jane Austen", file, characters });
    const printed = await run(folder, "texts get 158 --output -");
    assert.equal(printed.stdout, words);
  });

  it("says which book is not to be had", async () => {
    const { exitCode, stderr } = await run(folder, "texts get 99");
    assert.equal(exitCode, 1);
    assert.match(stderr, /^palimpsest: .*book 99/im);
    assert.doesNotMatch(stderr, /^ +at /m);
  });
});
