import assert from "node:assert/strict";
import fc from "fast-check";
import { tableOf } from "../../../lib/text/tables/table";
import { contents, read } from "./read";

describe("a table of separated fields", () => {
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

  it("is one of tabs where its name says so and its header is one column, packed or not", async () => {
    const texts = ['"What a night', 'to remember"', '"Twelve," he said.', "the end"];
    assert.deepEqual(await contents("one.tsv", `text\n${texts.join("\n")}\n`, { column: "text" }), {
      texts,
      notices: [],
    });
    const table = "id\ttext\tnote (year, place, hand)\n1\tSnow, and ice\tx\n";
    for (const name of ["a.tsv", "a.tsv.gz", "a.TAB", "a.tab.zst"])
      assert.equal(tableOf(table, name, { column: "text" }).texts[0].content, "Snow, and ice");
  });

  it("has no column where its header ends in separators, as Excel writes it", async () => {
    const columns = { column: "text" };
    assert.deepEqual(await contents("a.csv", "id,text,,\n1,Snow,,\n2,Fog,\n", columns), {
      texts: ["Snow", "Fog"],
      notices: [],
    });
    assert.deepEqual(
      await contents("a.csv", "id,text,,\n1,Rain, and hail,\n2,a, b, c\n3,d,,e,,\n", columns),
      {
        texts: ["Rain, and hail", "a, b, c", "d,,e"],
        notices: [
          "a.csv, rows 1, 2 and 3: more fields than in the header; all from `text` on is taken for it",
        ],
      },
    );
    assert.deepEqual(await contents("a.csv", "text,by,\nSnow, and ice,Issa\nFog,Issa,\n", columns), {
      texts: ["Snow", "Fog"],
      notices: [
        "a.csv, row 1: a field in a column without a name, which is left out; was one cut at a separator?",
      ],
    });
  });

  it("tells where a quotation mark may join rows that have separators in their texts", async () => {
    const table = 'id,text\n1,"Come in, he said\n2,it was late, and dark"\n3,the end\n';
    assert.match(
      tableOf(table, "a.csv", { column: "text" }).notices.join(),
      /row 1: a field goes on over lines/,
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
});
