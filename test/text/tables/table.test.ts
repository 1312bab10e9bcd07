import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { StreamedLibrary } from "../../../lib/text/stream/streamed-library";
import { withFolder } from "../server";
import { read } from "./read";

describe("a table that is read as one text", () => {
  const notice = (columns: string) =>
    `poems: a table with the columns ${columns}, read as one text with all that separates them; name the one with the texts by \`column\``;
  const noticesOf = async (name: string, content: string) => (await read(name, content, {}))[0].notices;

  it("is told to be one, with its columns, read whole or streamed; plain text by that name is not", async () => {
    const csv = "author,text\nBashō,An old pond\n";
    assert.deepEqual(await noticesOf("poems.csv", csv), [notice('"author", "text"')]);
    assert.deepEqual(await noticesOf("poems.tsv", "a\tb\n1\t2\n"), [notice('"a", "b"')]);
    assert.deepEqual(await noticesOf("poems.jsonl", '{"text": "An old pond"}\n'), [notice('"text"')]);
    for (const json of [
      '[\n  {"text": "An old pond"}\n]\n',
      '{"text": ["An old pond", "A frog"]}',
      '{\n"text":"a"}',
    ])
      assert.deepEqual(await noticesOf("poems.json", json), [notice('"text"')]);
    for (const [name, content] of [
      ["poems.csv", "An old pond\nA frog"],
      ["poems.jsonl", "An old pond"],
      ["poems.txt", csv],
    ])
      assert.equal(await noticesOf(name, content), undefined);
    await withFolder(async (scratch) => {
      const file = path.join(scratch, "poems.csv");
      await writeFile(file, csv);
      const streamed = await StreamedLibrary.open([file], { cache: scratch });
      assert.deepEqual(streamed.notices, [notice('"author", "text"')]);
      streamed.close();
    });
  });
});

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
    assert.deepEqual(texts[0].notices, ["jokes.jsonl: 1 of 3 texts have no words and are left out: row 2"]);
  });

  it("is a file that is cut at each separator, too", async () => {
    const texts = await read("haiku.txt", "one\ntwo\n\nthree\n", { separator: "\n\n" });
    assert.deepEqual(
      texts.map(({ content }) => content),
      ["one\ntwo", "three\n"],
    );
  });

  it("has columns and labels of any name, such as objects have by themselves", async () => {
    for (const name of ["constructor", "toString", "__proto__", "hasOwnProperty"]) {
      const json = `{"text":"Snow","${name}":"Issa"}\n{"text":"Rain"}\n`;
      const csv = `text,${name}\nSnow,Issa\nRain,\n`;
      for (const [file, content] of [
        ["a.jsonl", json],
        ["a.csv", csv],
      ]) {
        const [snow, rain] = await read(file, content, { column: "text", labels: [name] });
        assert.deepEqual(Object.entries(snow.labels ?? {}), [[name, "Issa"]]);
        assert.deepEqual(Object.entries(rain.labels ?? {}), [[name, ""]]);
      }
      assert.deepEqual(
        (await read("b.jsonl", json, { column: name })).map(({ content }) => content),
        ["Issa"],
      );
      await assert.rejects(read("c.jsonl", '{"text":"Snow"}', { column: name }), /Expected the columns/);
    }
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
    [
      "binary data",
      "a.csv",
      "text\n\0\n",
      /found binary data \(NUL bytes\): give a text, or a \.docx, \.odt, \.epub, \.rtf or \.pdf file$/,
    ],
    ["a column that is there twice", "a.csv", "text,text\nOne,Two\n", /the column "text" once in .*a\.csv/],
    ["a header alone", "a.csv", "id,text\n", /Expected rows in .*a\.csv, found a header and none$/],
    ["a broken list", "a.json", '[{"text":"One"}', /^Could not read .*a\.json as JSON: /],
    ["a list of other things", "a.json", '["One"]', /a JSON object in row 1 of .*a\.json, got "\\"One\\""$/],
    [
      "columns of unequal lengths",
      "a.json",
      '{"text":["One","Two"],"id":[1]}',
      /columns of one length in .*a\.json, got 2 values and 1 of "id"$/,
    ],
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
