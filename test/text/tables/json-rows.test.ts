import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { frame } from "../packed/frames";
import { contents } from "./read";

describe("a table in JSON", () => {
  it("is one by its name or else by how it begins: an object a line, a list of them, or lists for the columns", async () => {
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

  it("tells of what its escapes write that no text keeps, and has one form of a label", async () => {
    const lines = [
      String.raw`{"text":"Snow \ud83d and ice","author":"Zoe\u0308"}`,
      '{"text":"Ice","author":"Zoë"}',
      String.raw`{"text":"Rain\u0001","author":"Issa"}`,
    ];
    assert.deepEqual(await contents("a.jsonl", lines.join("\n"), { column: "text", labels: ["author"] }), {
      texts: [
        ["Snow \ufffd and ice", "Zoë"],
        ["Ice", "Zoë"],
        ["Rain", "Issa"],
      ],
      notices: [
        "a.jsonl, rows 1 and 3: halves of characters, control characters or accents that stand apart, written as escapes, were changed as in any text",
      ],
    });
  });
});
