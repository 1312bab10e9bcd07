import assert from "node:assert/strict";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { madeUp } from "../../trace/made-up";
import { run, workFolder } from "../command";

describe("palimpsest trace --near", () => {
  const folder = workFolder();
  const book = madeUp(25_000);
  const copy = book.slice(5_000, 5_090);
  const sample = `Once: ${copy.slice(0, 40)}XY${copy.slice(40, 60)}${copy.slice(63)}!`;

  before(() => {
    writeFileSync(path.join(folder, "book.txt"), book);
    writeFileSync(path.join(folder, "sample.txt"), sample);
  });

  it("marks a near copy with its changes, and says what held-out text has", async () => {
    const { exitCode, stdout, stderr } = await run(folder, "trace sample.txt book.txt --near --no-color");
    assert.equal(exitCode, 0, stderr);
    assert.match(
      stdout,
      /^9\d\.\d% copied · of held-out text 0\.0% · longest \d\d characters · 1 passage\n\nOnce: ?«/,
    );
    assert.ok(stdout.includes("{+XY+}") && stdout.includes(`[-${copy.slice(60, 63)}-]`), stdout);
    assert.match(stderr, /Near copies in held-out text/);
    assert.equal(readdirSync(path.join(folder, "data", "zeros")).length, 1);
  });

  it("writes places, changes and the zero as JSON", async () => {
    const { stdout } = await run(folder, "trace sample.txt book.txt --near --json --quiet");
    const { zero, raised, found } = JSON.parse(stdout) as Record<string, unknown> & {
      found: { edits: number; occurrences: { offset: number; edits: number; changes: unknown[] }[] }[];
    };
    assert.deepEqual([zero, raised, found.length, found[0].edits], [0, false, 1, 5]);
    const [{ changes }] = found[0].occurrences;
    assert.deepEqual(changes, [
      { start: 46, end: 48, offset: 5_040, length: 0 },
      { start: 68, end: 68, offset: 5_060, length: 3 },
    ]);
  });

  it("writes a page with the changes marked", async () => {
    const line = "trace sample.txt book.txt --near --format html --output page.html --quiet";
    const { exitCode } = await run(folder, line);
    assert.equal(exitCode, 0);
    assert.ok(existsSync(path.join(folder, "page.html")));
  });

  it("has the zero of exact copies without it", async () => {
    const { stdout } = await run(folder, "trace sample.txt book.txt --json --quiet");
    const { zero, found } = JSON.parse(stdout) as { zero: number; found: unknown[] };
    assert.deepEqual([zero, found.length], [0, 3]);
  });

  it("finds the same by an index, which keeps the zeros of both ways", async () => {
    for (const near of ["--near ", ""]) {
      const inMemory = await run(folder, `trace sample.txt book.txt ${near}--json --quiet`);
      const byIndex = await run(folder, `trace sample.txt book.txt ${near}--index there --json --quiet`);
      assert.equal(byIndex.exitCode, 0, byIndex.stderr);
      assert.deepEqual(JSON.parse(byIndex.stdout), JSON.parse(inMemory.stdout));
    }
    assert.equal(readdirSync(path.join(folder, "there", "zeros")).length, 1);
    assert.ok(existsSync(path.join(folder, "there", "zero.json")));
  });

  it("refuses what does not fit, and says why", async () => {
    const alone = await run(folder, "trace sample.txt book.txt --share 0.1");
    assert.match(alone.stderr, /Expected --near with --share/);
    const wrong = await run(folder, "trace sample.txt book.txt --near --share 2");
    assert.match(wrong.stderr, /--share from 0 up to 0\.4, got 2/);
    assert.deepEqual([alone.exitCode, wrong.exitCode], [2, 2]);
  });
});
