import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { UsageError } from "../../../cli/exit-codes";
import { sourcesOf } from "../../../cli/options/given-texts";
import { samples } from "../../text/encoding/samples";
import { docxOf, inWord } from "../../text/documents/made";
import { run, workFolder } from "../command";

describe("texts that a command is given", function () {
  this.timeout(60_000);
  const folder = workFolder();
  const { bytes, text } = samples[0];
  before(() => {
    writeFileSync(path.join(folder, "book.txt"), bytes);
    writeFileSync(path.join(folder, "plain.txt"), text);
  });

  it("use every option for every way in, or refuse it", async () => {
    const refused: [Parameters<typeof sourcesOf>[0], RegExp][] = [
      [{ texts: ["corpus:moby-dick"], column: "text" }, /--column, got corpus:moby-dick/],
      [{ texts: ["gutenberg:158"], separator: "\n" }, /--separator, got gutenberg:158/],
      [{ texts: ["lib"], column: "text" }, /--column, got lib/],
      [{ texts: ["corpus:moby-dick"], encoding: "koi8-r" }, /--encoding, got none/],
    ];
    for (const [given, message] of refused)
      await assert.rejects(
        sourcesOf(given),
        (error: Error) => error instanceof UsageError && message.test(error.message),
      );
    const how = { encoding: "koi8-r", separator: "\n" };
    assert.deepEqual(
      await sourcesOf({ texts: ["a.txt", "lib", "https://a.b/c"], ...how, weights: [1, 2, 3] }),
      [
        { file: "a.txt", ...how, weight: 1 },
        { folder: "lib", ...how, weight: 2 },
        { url: "https://a.b/c", ...how, weight: 3 },
      ],
    );
  });

  it("are read from standard input as from a file, packed and in any encoding", async () => {
    const traced = await run(folder, "trace plain.txt - --json", gzipSync(bytes));
    assert.equal(traced.exitCode, 0, traced.stderr);
    const { found, notices, texts } = JSON.parse(traced.stdout);
    assert.deepEqual([found[0].start, found[0].words], [0, text]);
    assert.deepEqual(notices, [
      "Standard input: Standard input was read as KOI8-R, a guess; name another by `encoding`",
    ]);
    assert.equal(texts[0].title, "Standard input");
    assert.ok(traced.stderr.includes(notices[0]));
    const rows = await run(
      folder,
      ["trace", "plain.txt", "-", "--json", "--column", "words"],
      `words,by\n"${text.trim()}",A\n`,
    );
    assert.equal(JSON.parse(rows.stdout).texts[0].title, "Standard input row 1", rows.stderr);
  });

  it("may be documents, at standard input too, and so may a sample", async () => {
    const words = "It was a truth universally acknowledged.";
    writeFileSync(path.join(folder, "story.docx"), docxOf(inWord(words)));
    for (const [line, feed] of [
      ["trace - story.docx --json", docxOf(inWord(words))],
      ["trace story.docx - --json", docxOf(inWord(words))],
    ] as const) {
      const { exitCode, stdout, stderr } = await run(folder, line, feed);
      assert.equal(exitCode, 0, stderr);
      assert.equal(JSON.parse(stdout).found[0].words, `${words}\n`);
    }
  });

  it("and samples are read in the encoding that is named; places are those of what was given", async () => {
    const sample = Buffer.concat([Buffer.from("So\r\n\r\n"), bytes]);
    const { stdout, stderr } = await run(folder, "trace - book.txt --json --quiet --encoding KOI8-R", sample);
    const { found, notices } = JSON.parse(stdout);
    assert.deepEqual([found[0].start, found[0].end, notices, stderr], [6, 6 + text.length, [], ""]);
    const wrong = await run(folder, "trace plain.txt book.txt --encoding klingon");
    assert.equal(wrong.exitCode, 2);
    assert.match(wrong.stderr, /Expected `encoding` to be a name such as/);
  });
});
