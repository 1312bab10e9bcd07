import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { readSource, type Source } from "../../lib/text/sources";
import { files, withFolder, withServer } from "./server";

const BOOK =
  "Title: Emma\n\nAuthor: Jane Austen\n\n*** START OF THE PROJECT GUTENBERG EBOOK EMMA ***\n\nProduced by No One\n\n" +
  "It was a day.\n\n*** END OF THE PROJECT GUTENBERG EBOOK EMMA ***\n\nProject Gutenberg License\n";
const quick = { backOff: 1, timeout: 1000, retries: 0 };

describe("readSource", () => {
  it("reads a book by its number, with title and author from its head", () =>
    withServer(files({ "/cache/epub/158/pg158.txt": BOOK }), async (server, scratch) => {
      const options = { ...quick, mirrors: [server.url], cache: scratch };
      const expected = {
        title: "Emma",
        author: "Jane Austen",
        source: "gutenberg:158",
        content: "It was a day.\n",
        weight: 1,
      };
      assert.deepEqual(await readSource({ gutenberg: 158 }, options), [expected]);
      assert.deepEqual(await readSource("gutenberg:158", options), [expected]);
      assert.equal(server.requests.length, 1);
    }));

  it("prefers what the user says of a text", () =>
    withServer(files({ "/cache/epub/158/pg158.txt": BOOK }), async (server, scratch) => {
      const source = { gutenberg: 158, title: "E.", author: "J. A.", weight: 2, heldOut: true };
      const [text] = await readSource(source, { ...quick, mirrors: [server.url], cache: scratch });
      assert.deepEqual([text.title, text.author, text.weight, text.heldOut], ["E.", "J. A.", 2, true]);
    }));

  it("reads an address once, and keeps what it read", () =>
    withServer(files({ "/poems/sea.txt?raw": "Waves.\r\n" }), async (server, scratch) => {
      const url = `${server.url}/poems/sea.txt?raw`;
      for (const source of [url, { url }]) {
        const [text] = await readSource(source, { ...quick, cache: scratch });
        assert.deepEqual([text.title, text.source, text.content], ["sea", url, "Waves.\n"]);
      }
      assert.equal(server.requests.length, 1);
    }));

  it("reads a file, by the name of which it goes", () =>
    withFolder(async (scratch) => {
      const file = path.join(scratch, "My notes.txt");
      await writeFile(file, "A note.");
      for (const source of [file, { file }]) {
        const [text] = await readSource(source, {});
        assert.deepEqual(
          [text.title, text.author, text.source, text.content],
          ["My notes", "", file, "A note."],
        );
      }
    }));

  it("reads the text files of a folder and its sub-folders in the order of their names", () =>
    withFolder(async (scratch) => {
      await mkdir(path.join(scratch, "b"));
      for (const name of ["c.txt", "a.TXT", "b/d.txt", "picture.png", ".hidden.txt"]) {
        await writeFile(path.join(scratch, name), `This is ${name}.`);
      }
      for (const source of [scratch, { folder: scratch, author: "Me", title: "Mine" }]) {
        const texts = await readSource(source, {});
        assert.deepEqual(
          texts.map(({ title }) => title),
          ["a", "d", "c"],
        );
      }
      assert.equal((await readSource({ folder: scratch, author: "Me" }, {}))[1].author, "Me");
    }));

  it("takes a string as it is, but for its line ends", async () => {
    const [text] = await readSource({ text: "Produced by me.\r\n", title: "Mine" }, {});
    assert.deepEqual([text.source, text.content, text.author], ["string", "Produced by me.\n", ""]);
  });

  it("reads the bundled corpora", async () => {
    const [novel] = await readSource({ corpus: "moby-dick", weight: 0.5 }, {});
    assert.deepEqual([novel.title, novel.weight], ["Moby-Dick", 0.5]);
    const addresses = await readSource(
      { corpus: "state-of-the-union", presidents: ["Lincoln", "Obama"] },
      {},
    );
    assert.deepEqual(
      addresses.map(({ author }) => author),
      ["Abraham Lincoln", "Barack Obama"],
    );
  });

  const wrong: [string, unknown, RegExp][] = [
    ["a missing file", "no/such/file.txt", /^Expected a text in no\/such\/file\.txt, found no such file$/],
    ["a missing folder", { folder: "no/such/folder" }, /^Expected a folder no\/such\/folder, found none$/],
    [
      "an empty text",
      { text: " \n", title: "Void" },
      /^Expected words in "Void" \(string\), got an empty text$/,
    ],
    ["a weight of nothing", { text: "a", title: "A", weight: 0 }, /^Expected `weight` > 0, got 0 for "A"$/],
    ["an unknown corpus", { corpus: "bible" }, /^Expected `corpus` to be "moby-dick" or .*, got "bible"$/],
    [
      "what is no source",
      { book: 1 },
      /^Expected a source with one of gutenberg, file, .*, got \{"book":1\}$/,
    ],
    ["nothing", undefined, /^Expected a source with one of gutenberg, .*, got undefined$/],
  ];
  for (const [what, source, message] of wrong) {
    it(`refuses ${what}`, async () => {
      await assert.rejects(readSource(source as Source, {}), { message });
    });
  }

  it("refuses binary data, and a folder without texts", () =>
    withFolder(async (scratch) => {
      const file = path.join(scratch, "cat.png");
      await writeFile(file, Buffer.from([0x89, 0x50, 0, 0, 1]));
      await assert.rejects(readSource(file, {}), {
        message: `Expected plain text in ${file}, found binary data (NUL bytes)`,
      });
      await assert.rejects(readSource(scratch, {}), {
        message: `Expected .txt files in the folder ${scratch}, found none`,
      });
    }));

  it("tells where a licence could not be taken off", () =>
    withFolder(async (scratch) => {
      const file = path.join(scratch, "odd.txt");
      await writeFile(file, BOOK.replace("It was a day.", ""));
      const [text] = await readSource(file, {});
      assert.match(text.notices?.[0] ?? "", /^Emma: only notes stand between its markers/);
    }));
});
