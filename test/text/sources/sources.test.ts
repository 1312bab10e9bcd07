import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { readSource, type Source } from "../../../lib/text/sources/sources";
import { samples } from "../encoding/samples";
import { files, withFolder, withServer } from "../server";

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
    [
      "a missing file",
      "no/such/file.txt",
      /^Expected a text in no\/such\/file\.txt, found no such file\. There is no folder no\/such either$/,
    ],
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
        message: `Expected plain text in ${file}, found binary data (NUL bytes): give a text, or a .docx, .odt, .epub, .rtf or .pdf file`,
      });
      await assert.rejects(readSource(scratch, {}), {
        message:
          `Expected .txt, .docx, .odt, .epub, .rtf or .pdf files in the folder ${scratch}, found none. In the folder ${scratch} ` +
          "1 file was left out: 1 without .txt, .docx, .odt, .epub, .rtf or .pdf at the end (cat.png)",
      });
    }));

  it("tells where a licence could not be taken off", () =>
    withFolder(async (scratch) => {
      const file = path.join(scratch, "odd.txt");
      await writeFile(file, BOOK.replace("It was a day.", ""));
      const [text] = await readSource(file, {});
      assert.match(text.notices?.[0] ?? "", /^Emma: only notes stand between its markers/);
    }));

  it("reads bytes, an address and a file alike, whole, by columns and by separators", () =>
    withServer(files({ "/some.csv": "text,by\nOne,A\nTwo,B\n" }), async (server, scratch) => {
      const content = "text,by\nOne,A\nTwo,B\n";
      const file = path.join(scratch, "some.csv");
      await writeFile(file, content);
      const url = `${server.url}/some.csv`;
      for (const how of [{}, { column: "text", labels: ["by"] }, { separator: "\n" }]) {
        const [one, ...others] = await Promise.all(
          [{ file }, { url }, { bytes: Buffer.from(content), name: "some.csv" }].map(async (place) => {
            const texts = await readSource({ ...place, ...how } as Source, { ...quick, cache: scratch });
            return texts.map(({ content, labels, short }) => ({ content, labels, short }));
          }),
        );
        assert.ok(one.length > 0);
        for (const other of others) assert.deepEqual(other, one);
      }
    }));

  it("tells of a table that is read as one text, and of a web page, wherever they come from", () =>
    withServer(files({ "/some.csv?x": "text,by\nOne,A\n" }), async (server, scratch) => {
      const bytes = Buffer.from("text,by\nOne,A\n");
      for (const source of [{ url: `${server.url}/some.csv?x` }, { bytes, name: "some.csv" }]) {
        const [{ notices }] = await readSource(source, { ...quick, cache: scratch });
        assert.match(notices?.join() ?? "", /^some(?:\.csv)?: a table with the columns "text", "by"/);
      }
      const file = path.join(scratch, "emma.txt");
      await writeFile(file, "<!DOCTYPE html>\n<html><body><p>Emma was clever.</p></body></html>\n");
      const [{ notices }] = await readSource({ file }, {});
      assert.match(notices?.join() ?? "", /^emma: a web page, read with its tags/);
    }));

  it("takes the licence off what comes as bytes, and its title from the head", async () => {
    const [text] = await readSource({ bytes: gzipSync(BOOK), name: "Standard input" }, {});
    assert.deepEqual([text.title, text.author, text.content], ["Emma", "Jane Austen", "It was a day.\n"]);
  });

  it("reads every kind of file in the encoding that is named, and tells of one that was guessed", () =>
    withServer(
      (request, response) => void response.end(request.url === "/a.txt" ? samples[0].bytes : undefined),
      async (server, scratch) => {
        const { bytes, text } = samples[0];
        await mkdir(path.join(scratch, "folder"));
        const file = path.join(scratch, "folder", "a.txt");
        await writeFile(file, bytes);
        const places = [
          { file },
          { folder: path.dirname(file) },
          { bytes, name: "a" },
          { url: `${server.url}/a.txt` },
        ];
        for (const place of places) {
          const options = { ...quick, cache: path.join(scratch, "cache") };
          const [named] = await readSource({ ...place, encoding: "KOI8-R" } as Source, options);
          assert.deepEqual([named.content, named.notices], [text, undefined]);
          const [guessed] = await readSource(place as Source, options);
          assert.equal(guessed.content, text);
          assert.match(guessed.notices?.join() ?? "", /^a: .*a.* was read as KOI8-R, a guess/);
        }
      },
    ));

  it("refuses what says something of another kind of source", async () => {
    const stray: [object, RegExp][] = [
      [
        { text: "a", title: "A", encoding: "koi8-r" },
        /^Expected `encoding` with gutenberg, file, .*, got it with text$/,
      ],
      [{ corpus: "moby-dick", separator: "\n" }, /^Expected `separator` with .*, got it with corpus$/],
      [{ folder: ".", column: "text" }, /^Expected `column` with file, url, bytes, got it with folder$/],
      [{ file: "a.csv", labels: ["author"] }, /^Expected `column` with `labels`, got none$/],
      [{ file: "a.csv", column: "text", separator: "\n" }, /^Expected `column` or `separator`, got both$/],
      [{ file: "a.txt", encoding: "klingon" }, /^Expected `encoding` to be a name such as .*, got "klingon"/],
      [{ file: ".", title: "A" }, /^Expected a text in \., found a folder$/],
    ];
    for (const [source, message] of stray)
      await assert.rejects(readSource(source as Source, {}), { message });
  });

  it("leaves out of a folder what holds no text, and says so in one notice", () =>
    withFolder(async (scratch) => {
      await mkdir(path.join(scratch, "b"));
      const contents: Record<string, string | Buffer> = {
        "a.txt": "Words.",
        "b/c.txt": "More words.",
        "b/empty.txt": " \n",
        "binary.txt": Buffer.from([1, 0, 2, 0]),
        ".hidden.txt": "Hidden.",
        "1.png": "x",
        "2.md": "x",
        "3.md": "x",
        "4.md": "x",
      };
      for (const [name, content] of Object.entries(contents))
        await writeFile(path.join(scratch, name), content);
      const texts = await readSource(scratch, {});
      assert.deepEqual(
        texts.map(({ title }) => title),
        ["a", "c"],
      );
      assert.deepEqual(texts[0].notices, [
        `In the folder ${scratch} 7 files were left out: 1 binary (binary.txt), 1 empty (${path.join("b", "empty.txt")}), ` +
          "1 hidden (.hidden.txt), 4 without .txt, .docx, .odt, .epub, .rtf or .pdf at the end (1.png, 2.md, 3.md, …)",
      ]);
      await assert.rejects(
        readSource(path.join(scratch, "b", "empty.txt"), {}),
        /found nothing but white space$/,
      );
      await writeFile(path.join(scratch, "b", "c.txt"), "");
      await assert.rejects(
        readSource(path.join(scratch, "b"), {}),
        /^Error: Expected words in the folder .*, found none\. .* 2 empty/,
      );
    }));

  it("cuts the files of a folder at separators", () =>
    withFolder(async (scratch) => {
      await writeFile(path.join(scratch, "a.txt"), "one\ntwo");
      await writeFile(path.join(scratch, "b.txt"), "three\n");
      const texts = await readSource({ folder: scratch, separator: "\n" }, {});
      assert.deepEqual(
        texts.map(({ title, content, short }) => [title, content, short]),
        [
          ["a.txt row 1", "one", true],
          ["a.txt row 2", "two", true],
          ["b.txt row 1", "three", true],
        ],
      );
    }));

  it("tells what was changed in a string", async () => {
    const [text] = await readSource({ text: "Zoe\u0308 and\ud83d a\u0001", title: "T" }, {});
    assert.equal(text.content, "Zoë and\ufffd a");
    assert.equal(text.notices?.length, 3);
  });
});
