import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { TextLibrary } from "../../../lib/text/library";
import { readSource, type ReadText, type Source } from "../../../lib/text/sources/sources";
import { StreamedLibrary } from "../../../lib/text/stream/streamed-library";
import { tableOf } from "../../../lib/text/tables/table";
import { withFolder } from "../server";
import { frame } from "../packed/frames";

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

describe("a table that is read as one text", () => {
  const notice = (columns: string) =>
    `poems: a table with the columns ${columns}, read as one text with all that separates them; name the one with the texts by \`column\``;
  const noticesOf = async (name: string, content: string) => (await read(name, content, {}))[0].notices;

  it("is told to be one, with its columns, read whole or streamed; plain text by that name is not", async () => {
    const csv = "author,text\nBashō,An old pond\n";
    assert.deepEqual(await noticesOf("poems.csv", csv), [notice('"author", "text"')]);
    assert.deepEqual(await noticesOf("poems.tsv", "a\tb\n1\t2\n"), [notice('"a", "b"')]);
    assert.deepEqual(await noticesOf("poems.jsonl", '{"text": "An old pond"}\n'), [notice('"text"')]);
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

  /** What each text is, with its label `author` where that is asked for. */
  const contents = async (name: string, content: string, source: Record<string, unknown>) => {
    const texts = await read(name, content, source);
    const told =
      texts[0].notices?.map((notice) => notice.replace(/ \S*[\\/]/, " ").replace(/^\S*[\\/]/, "")) ?? [];
    return {
      texts: texts.map(({ content, labels }) => (labels ? [content, labels.author] : content)),
      notices: told,
    };
  };

  it("keeps what follows a separator without quotation marks in the last column, and tells the rows", async () => {
    assert.deepEqual(
      await contents("one.csv", "text\nA still day, a wind, and rain\nSnow\n", { column: "text" }),
      {
        texts: ["A still day, a wind, and rain", "Snow"],
        notices: ["one.csv, row 1: more fields than in the header; all from `text` on is taken for it"],
      },
    );
    const table = 'author;text\nBasho;A still day; a wind "from" the sea;\nIssa;"Snow; and ice"\n';
    assert.deepEqual(await contents("a.csv", table, { column: "text", labels: ["author"] }), {
      texts: [
        ['A still day; a wind "from" the sea;', "Basho"],
        ["Snow; and ice", "Issa"],
      ],
      notices: ["a.csv, row 1: more fields than in the header; all from `text` on is taken for it"],
    });
  });

  it("refuses rows of more fields than the header where nobody knows which is the text, with their numbers", async () => {
    const table = "text,author\nSnow,Issa\nA still day, a wind,Basho\n\nRain,\nIce, frost, hail,Buson\n";
    await assert.rejects(read("a.csv", table, { column: "text", labels: ["author"] }), {
      message:
        /^Could not read .*a\.csv as a table: more fields than in the header in rows 2 and 4 \(line 3 has 3, the header 2\)\. Put a field with "," in it between quotation marks\.$/,
    });
    await assert.rejects(
      read("b.csv", 'id,text\n1,"Snow", and ice\n', { column: "text" }),
      /row 1 \(line 2 has 3/,
    );
  });

  it("tells of rows with fewer fields than the header, and of empty fields too many", async () => {
    assert.deepEqual(
      await contents("a.csv", "text,author\nSnow\nRain,Issa,,\n", { column: "text", labels: ["author"] }),
      {
        texts: [
          ["Snow", ""],
          ["Rain", "Issa"],
        ],
        notices: [
          "a.csv, row 2: more fields than in the header, empty ones, which are left out",
          "a.csv, row 1: fewer fields than in the header; the others are taken as empty",
        ],
      },
    );
  });

  it("takes quotation marks between tabs and bars for characters, but where a field is quoted whole", async () => {
    const tables: [string, string, string[]][] = [
      [
        "two.tsv",
        'id\ttext\n1\t"What a night\n2\tto remember"\n3\tthe end\n',
        ['"What a night', 'to remember"', "the end"],
      ],
      ["inch.tsv", 'id\ttext\n1\t19" of snow\n2\tthe "end"\n', ['19" of snow', 'the "end"']],
      [
        "said.tsv",
        'id\ttext\n1\t"Twelve," he said.\n2\t"So," he said, "go"\n',
        ['"Twelve," he said.', '"So," he said, "go"'],
      ],
      ["open.tsv", 'id\ttext\n1\t"What a night\n2\tthe end\n', ['"What a night', "the end"]],
      ["bar.csv", 'time|text\n12:00|"Twelve," he said.\n13:00|the end\n', ['"Twelve," he said.', "the end"]],
      [
        "long.tsv",
        'id\ttext\n1\t"One ""two""\nthree\n\nfour"\n2\tthe end\n',
        ['One "two"\nthree\n\nfour', "the end"],
      ],
      ["first.tsv", 'text\tid\n"One\ntwo"\t1\nthe end\t2\n', ["One\ntwo", "the end"]],
      ["all.tsv", '"id"\t"text"\n"1"\t"Snow, ice"\n', ["Snow, ice"]],
    ];
    for (const [name, table, texts] of tables)
      assert.deepEqual(await contents(name, table, { column: "text" }), { texts, notices: [] }, name);
    assert.deepEqual(await contents("a.tsv", 'id\ttext\n1\t"Snow, ice"\n2\tRain\n', { column: "text" }), {
      texts: ["Snow, ice", "Rain"],
      notices: ["a.tsv, row 1: quotation marks around a field are taken as the table's and left out"],
    });
  });

  it("takes a quotation mark within a field of CSV for a character, and tells where one may join rows", async () => {
    assert.deepEqual(await contents("inch.csv", 'id,text\n1,19" of snow\n2,the end\n', { column: "text" }), {
      texts: ['19" of snow', "the end"],
      notices: [],
    });
    assert.deepEqual(
      await contents("a.csv", 'id,text\n1,"What a night\n2,to remember"\n3,the end\n', { column: "text" }),
      {
        texts: ["What a night\n2,to remember", "the end"],
        notices: ["a.csv, row 1: a field goes on over lines that could be rows; is a quotation mark amiss?"],
      },
    );
    await assert.rejects(
      read("b.csv", 'id,text\n1,Rain\n\n2,"Twelve," he said.\n', { column: "text" }),
      /Quote at the beginning of a field in line 4, and the next one, in line 4, has " " behind it\. Double/,
    );
    await assert.rejects(
      read("b.csv", 'id,text\n1,"a\nb"\n2,"Snow\n3,Rain\n', { column: "text" }),
      /Quote at the beginning of a field in line 4, and nothing closes it/,
    );
  });

  it("is read again as it was, whatever its fields hold, where each is quoted", async () => {
    const field = fc.string({ unit: fc.constantFrom(...'ab",;\t|\n ') }).map((text) => `x${text}`);
    const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
    const rows = fc.array(fc.tuple(field, field), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(rows, fc.constantFrom(",", ";", "\t", "|"), (all, separator) => {
        const table = [["text", "author"], ...all].map((row) => row.map(quote).join(separator)).join("\n");
        const { texts } = tableOf(table, "a.csv", { column: "text", labels: ["author"] });
        assert.deepEqual(
          texts.map(({ content, labels }) => [content, labels?.author]),
          all,
        );
      }),
    );
  });

  it("is read again as it was between tabs and bars, quotation marks and all, where nothing is quoted", () => {
    const field = fc.string({ unit: fc.constantFrom(...'ab", ') }).map((text) => `x${text}`);
    const rows = fc.array(fc.tuple(field, field), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(rows, fc.constantFrom("\t", "|"), (all, separator) => {
        const table = [["text", "author"], ...all].map((row) => row.join(separator)).join("\n");
        const { texts, notices } = tableOf(table, "a.tsv", { column: "text", labels: ["author"] });
        assert.deepEqual([texts.map(({ content, labels }) => [content, labels?.author]), notices], [all, []]);
      }),
    );
  });

  it("is JSON by its name or else by how it begins: an object a line, a list of them, or lists for the columns", async () => {
    const rows = [
      { text: "Snow", author: "Issa" },
      { text: "A wind, and rain", author: "Basho" },
    ];
    const texts = [
      ["Snow", "Issa"],
      ["A wind, and rain", "Basho"],
    ];
    const lines = rows.map((row) => `${JSON.stringify(row)}\r\n`).join("\n");
    const list = JSON.stringify(rows, null, 2);
    const columns = JSON.stringify({
      text: rows.map(({ text }) => text),
      author: rows.map(({ author }) => author),
    });
    const numbered = JSON.stringify({
      author: { 0: "Issa", 1: "Basho" },
      text: { 0: "Snow", 1: rows[1].text },
    });
    const contentsOf = (name: string, content: string | Uint8Array) =>
      contents(name, content as string, { column: "text", labels: ["author"] });
    for (const name of ["a.jsonl", "A.JSONL", "a.jsonlines", "a.ndjson", "a.json", "a.jsonl.txt", "a"])
      for (const content of [lines, list, `\ufeff${list}`])
        assert.deepEqual(await contentsOf(name, content), { texts, notices: [] }, name);
    for (const content of [columns, numbered])
      assert.deepEqual(await contentsOf("a.json", content), { texts, notices: [] });
    for (const ending of [".jsonl", ".json", ".ndjson", ".jsonlines"]) {
      assert.deepEqual((await contentsOf(`a${ending}.gz`, gzipSync(lines))).texts, texts);
      assert.deepEqual((await contentsOf(`a${ending}.zst`, frame([lines]))).texts, texts);
    }
    const csv = "text,author\nSnow,Issa\n";
    assert.deepEqual((await contentsOf("a.csv.zst", frame([csv]))).texts, [["Snow", "Issa"]]);
    assert.deepEqual((await contentsOf("a.csv.gz", gzipSync(csv))).texts, [["Snow", "Issa"]]);
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
