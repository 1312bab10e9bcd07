import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { TextLibrary } from "../../lib/text/library";
import { readSource, type ReadText, type Source } from "../../lib/text/sources";
import { withFolder } from "./server";

/** Reads a file of a name and a content by what a source says of it besides. */
async function read(name: string, content: string, source: Record<string, unknown>): Promise<ReadText[]> {
  let texts: ReadText[] = [];
  await withFolder(async (scratch) => {
    const file = path.join(scratch, name);
    await writeFile(file, content);
    texts = await readSource({ file, ...source } as Source, {});
  });
  return texts;
}

describe("a table of short texts", () => {
  const separators: [string, string][] = [
    ["a comma", ","],
    ["a semicolon", ";"],
    ["a tab", "\t"],
  ];
  for (const [name, separator] of separators) {
    it(`is read from CSV with ${name} between its columns, quoted and over several lines`, async () => {
      const rows = [
        ["id", "text", "author"],
        ["1", `"One, ""two"";\nthree"`, "Ann"],
        ["2", "Four", "Bo"],
      ];
      const csv = rows.map((row) => row.join(separator)).join("\r\n");
      const texts = await read("poems.csv", csv, { column: "text", labels: ["author"] });
      assert.deepEqual(
        texts.map(({ title, content, author, short, labels }) => ({ title, content, author, short, labels })),
        [
          {
            title: "poems.csv row 1",
            content: `One, "two";\nthree`,
            author: "Ann",
            short: true,
            labels: { author: "Ann" },
          },
          { title: "poems.csv row 2", content: "Four", author: "Bo", short: true, labels: { author: "Bo" } },
        ],
      );
    });
  }

  it("is read from JSONL, and tells of rows without a text", async () => {
    const lines = [`{"body":"One","score":3}`, `{"score":1}`, "", `{"body":"Two","score":2}`];
    const texts = await read("jokes.jsonl", lines.join("\n"), { column: "body", labels: ["score"] });
    assert.deepEqual(
      texts.map(({ title, content, labels }) => [title, content, labels?.score]),
      [
        ["jokes.jsonl row 1", "One", "3"],
        ["jokes.jsonl row 3", "Two", "2"],
      ],
    );
    assert.deepEqual(texts[0].notices, ["jokes.jsonl: 1 of 3 texts have no words and are left out"]);
  });

  it("is a file that is cut at each separator, too", async () => {
    const texts = await read("haiku.txt", "one\ntwo\n\nthree\n", { separator: "\n\n" });
    assert.deepEqual(
      texts.map(({ content }) => content),
      ["one\ntwo", "three\n"],
    );
  });

  const wrong: [string, string, string, RegExp][] = [
    [
      "a column that is not there",
      "a.csv",
      "id,body\n1,One\n",
      /the columns "text" in .*a\.csv, which has "id", "body"$/,
    ],
    [
      "a property that is not there",
      "a.jsonl",
      `{"body":"One"}`,
      /the columns "text" in .*, which has "body"$/,
    ],
    [
      "a line that is no JSON",
      "a.jsonl",
      `{"text":"One"}\n{"text":`,
      /a JSON object in line 2 of .*a\.jsonl, got "\{/,
    ],
    ["an empty file", "a.csv", "", /found an empty file$/],
    ["a table without words", "a.csv", 'text\n" "\n', /Expected words in "a\.csv" .*got no text with any$/],
    ["binary data", "a.csv", "text\n\0\n", /found binary data \(NUL bytes\)$/],
    [
      "a quotation mark that is never closed",
      "a.csv",
      `text\n"One\n`,
      /^Could not read .*a\.csv as a table: Quote/,
    ],
  ];
  for (const [what, name, content, message] of wrong) {
    it(`refuses ${what}`, async () => {
      await assert.rejects(read(name, content, { column: "text" }), { message });
    });
  }
});

describe("a library of short texts", () => {
  const contents = Array.from({ length: 40 }, (_, index) => `Text number ${index}.`);

  it("holds out whole texts, drawn by a seed", () => {
    const held = (seed: number) =>
      TextLibrary.ofTexts(contents, { validation: 0.25, seed }).validation.map(({ content }) => content);
    assert.equal(held(1).length, 10);
    assert.deepEqual(held(1), held(1));
    assert.notDeepEqual(held(1), held(2));
    const { training, validation } = TextLibrary.ofTexts(contents, { validation: 0.25 });
    assert.deepEqual([...training, ...validation].map(({ content }) => content).sort(), [...contents].sort());
    assert.equal(TextLibrary.ofTexts(["one"]).validation.length, 0);
  });

  it("counts each text, held out or not", () => {
    const library = TextLibrary.ofTexts(contents, { validation: 0.25 });
    for (const { characters, trainingCharacters, validationCharacters, words } of library.statistics()) {
      assert.equal(words, 3);
      assert.equal(characters, trainingCharacters + validationCharacters);
      assert.ok(trainingCharacters === 0 || validationCharacters === 0);
    }
  });

  it("has a mark among its characters, which no text may hold", () => {
    assert.equal(TextLibrary.ofTexts(contents).vocabulary.mark, 1);
    assert.equal(TextLibrary.ofTexts(["a\u0003b"]).texts[0].content, "ab");
    const text = { title: "Bad", author: "", source: "string", content: "a\u0003b", weight: 1 };
    assert.throws(() => new TextLibrary([text]), /Expected words alone in "Bad", found .* U\+0003/);
  });
});
