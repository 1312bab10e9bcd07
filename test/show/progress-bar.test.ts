import assert from "node:assert/strict";
import { progressBar } from "../../lib/show/progress-bar";
import { inRecordedNotebook } from "./watch/recording";

const megabyte = { label: "Book 1342", total: 1_000_000, unit: "bytes" };

/** A terminal that keeps what is written to it. */
function terminal(isTTY: boolean, columns = 80) {
  const written: string[] = [];
  return { isTTY, columns, written, write: (text: string) => written.push(text) };
}

describe("progressBar in a notebook", () => {
  it("is one output that is rewritten and ends as a short line", async () => {
    const outputs = await inRecordedNotebook(() => {
      const report = progressBar();
      for (let done = 0; done <= 1_000_000; done += 1000) report({ ...megabyte, done });
    });
    assert.equal(outputs.length, 1);
    const { html, text } = outputs[0];
    assert.ok(html[0].includes(`<progress value="0" max="1000000"`));
    assert.equal(html.at(-1), "<div>✓ Book 1342: 1.0 MB</div>");
    assert.equal(text.at(-1), "✓ Book 1342: 1.0 MB");
  });

  it("is not rewritten with every report", async () => {
    const [{ html }] = await inRecordedNotebook(() => {
      const report = progressBar();
      for (let done = 0; done < 1000; done++) report({ ...megabyte, done });
    });
    assert.ok(html.length < 100);
  });

  it("shows what runs at the same time below each other, and escapes it", async () => {
    const [{ html }] = await inRecordedNotebook(() => {
      const report = progressBar();
      report({ ...megabyte, done: 1_000_000 });
      report({ ...megabyte, label: "<Book 2>", done: 500_000 });
      report({ label: "Books", done: 2, total: 2, unit: "books" });
    });
    const last = html.at(-1) ?? "";
    assert.equal(last.match(/<div>/g)?.length, 2);
    assert.ok(last.includes("✓ Book 1342: 1.0 MB · Books: 2 books"));
    assert.ok(last.includes("&lt;Book 2&gt;: 0.5 of 1.0 MB"));
  });

  it("names only the last of many that are done", async () => {
    const [{ text }] = await inRecordedNotebook(() => {
      const report = progressBar();
      for (let book = 1; book <= 30; book++) report({ ...megabyte, label: `Book ${book}`, done: 1_000_000 });
    });
    assert.equal(
      text.at(-1),
      "✓ 26 done before · Book 27: 1.0 MB · Book 28: 1.0 MB · Book 29: 1.0 MB · Book 30: 1.0 MB",
    );
  });
});

describe("progressBar in a terminal", () => {
  it("rewrites one line, no longer than the terminal is wide, and leaves a line for what is done", () => {
    const screen = terminal(true, 40);
    const report = progressBar(screen);
    report({ ...megabyte, done: 500_000 });
    report({ ...megabyte, done: 1_000_000 });
    report({ ...megabyte, done: 1_000_000 });
    assert.deepEqual(screen.written, [
      "\r\x1b[2K━━━━━━━━━━────────── Book 1342: 0.5 of ",
      "\r\x1b[2K✓ Book 1342: 1.0 MB\n",
    ]);
  });

  it("writes only what is done where a line cannot be rewritten", () => {
    const file = terminal(false);
    const report = progressBar(file);
    for (const done of [0, 500_000, 1_000_000]) report({ ...megabyte, done });
    assert.deepEqual(file.written, ["✓ Book 1342: 1.0 MB\n"]);
  });
});
