import assert from "node:assert/strict";
import { showTable, table, textTable } from "../../lib/show/table";
import { inRecordedNotebook } from "./watch/recording";

const rows = [
  { title: "Emma <novel>", trainingCharacters: 838912, share: 0.123456, author: "Jane Austen" },
  { title: "Poems", trainingCharacters: 1200, share: undefined, author: "" },
];

describe("table", () => {
  it("has a heading in words for each key and a row for each object", () => {
    const html = table(rows);
    assert.deepEqual(
      [...html.matchAll(/<th scope="col"[^>]*>(.*?)<\/th>/g)].map(([, text]) => text),
      ["title", "training characters", "share", "author"],
    );
    assert.equal(html.match(/<tr>/g)?.length, 3);
  });

  it("puts numbers to the right and writes them to be read", () => {
    const html = table(rows);
    assert.ok(html.includes(`<td style="text-align:right">838,912</td>`));
    assert.ok(html.includes(`<td style="text-align:right">0.1235</td>`));
    assert.ok(html.includes(`<td style="text-align:right"></td>`));
    assert.ok(html.includes(`<td style="text-align:left">Poems</td>`));
  });

  it("escapes all text", () => {
    const html = table([{ "<b>": "<script>" }], { caption: "a & b" });
    assert.ok(html.includes("&lt;b&gt;") && html.includes("&lt;script&gt;") && html.includes("a &amp; b"));
    assert.ok(!/<b>|<script>/.test(html));
  });

  it("shows the columns that it is asked for, in their order", () => {
    const html = table(rows, { columns: ["author", "title"] });
    assert.deepEqual(
      [...html.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(([, text]) => text),
      ["Jane Austen", "Emma &lt;novel&gt;", "", "Poems"],
    );
  });

  it("of no rows is an empty table", () => {
    assert.equal(table([]), "<table><thead><tr></tr></thead><tbody></tbody></table>");
  });
});

describe("textTable", () => {
  it("aligns its columns with spaces", () => {
    assert.equal(
      textTable(
        [
          { title: "Emma", lines: 16823 },
          { title: "Poems", lines: 7 },
        ],
        { caption: "Two books" },
      ),
      "Two books\ntitle   lines\nEmma   16,823\nPoems       7",
    );
  });
});

describe("showTable", () => {
  it("shows HTML in a notebook, with the text for whoever cannot read that", async () => {
    const [output] = await inRecordedNotebook(() => showTable(rows));
    assert.deepEqual(output, { html: [table(rows)], text: [textTable(rows)] });
  });

  it("says so where there are no rows", async () => {
    const [output] = await inRecordedNotebook(() => showTable([], { caption: "By <source>" }));
    assert.deepEqual(output, {
      html: ["<div>By &lt;source&gt;: no rows</div>"],
      text: ["By <source>: no rows"],
    });
  });
});
