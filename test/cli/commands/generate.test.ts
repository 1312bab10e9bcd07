import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { write } from "../../../lib/generate/generate";
import { loadModel } from "../../../lib/train/saved/checkpoint";
import { jsonLines, run, small, start, workFolder, writeBook } from "../command";

describe("palimpsest generate, dialog and trace, with a run", function () {
  this.timeout(120_000);
  const folder = workFolder();
  let book: string;
  before(async () => {
    book = writeBook(path.join(folder, "sea.txt"), ["wave", "salt", "the", "sail", "of"]);
    const { exitCode, stderr } = await run(folder, `train sea.txt ${small} --iterations 30 --sample-every 0`);
    assert.equal(exitCode, 0, stderr);
  });

  it("writes what lib writes with the same options, after the prompt", async () => {
    const args = [
      "generate",
      "poet",
      "--prompt",
      "the wave\\n",
      "--length",
      "40",
      "--seed",
      "3",
      "--top-k",
      "4",
    ];
    const { exitCode, stdout, stderr } = await run(folder, args);
    assert.equal(exitCode, 0, stderr);
    assert.doesNotMatch(
      stderr,
      /poet|Expected|%/,
      "neither progress nor notices, whatever TensorFlow and Node.js say",
    );
    const model = await loadModel(path.join(folder, "data", "runs", "poet"));
    const prompt = "the wave\n";
    const text = await write(model, { prompt, length: 40, seed: 3, topK: 4 });
    model.dispose();
    assert.equal(stdout, `${prompt + text}\n`);
  });

  it("writes many texts as lines of JSON, at several temperatures or at ones that take turns", async () => {
    const many = jsonLines(
      (await run(folder, "generate --json -n 2 --temperatures 0.2,1 --length 9")).stdout,
    );
    assert.deepEqual(
      many.map(({ temperature }) => temperature),
      [0.2, 0.2, 1, 1],
    );
    assert.ok(many.every(({ text }) => (text as string).length === 9));
    const [one] = jsonLines((await run(folder, "generate --json --temperature 1,0.2 --length 9")).stdout);
    assert.deepEqual(one.temperature, [1, 0.2]);
  });

  it("writes into a file, which holds whole texts also where it is interrupted", async () => {
    const { exitCode, stderr } = await run(folder, "generate -n 3 --length 9 --output few.jsonl --quiet");
    assert.equal(exitCode, 0, stderr);
    assert.equal(jsonLines(readFileSync(path.join(folder, "few.jsonl"), "utf8")).length, 3);
    const { child, ended } = start(folder, "generate -n 1000000 --length 9 --output many.jsonl");
    while (!readdirSync(folder).some((name) => name.startsWith(".many.jsonl"))) await setTimeout(20);
    child.kill("SIGINT");
    const interrupted = await ended;
    assert.equal(interrupted.exitCode, 130, interrupted.stderr);
    const count = jsonLines(readFileSync(path.join(folder, "many.jsonl"), "utf8")).length;
    assert.match(interrupted.stderr, new RegExp(`^${count} texts? in many\\.jsonl$`, "m"));
  });

  it("goes on from each line that it reads, from a piped prompt, and from a random piece of a text", async () => {
    const each = await run(folder, "generate --prompts - --length 5", "the\nsail of\n");
    assert.match(each.stdout, /^the[^]{5}\nsail of[^]{5}\n$/);
    const piped = await run(folder, "generate --prompt - --length 5", "the salt of");
    assert.match(piped.stdout, /^the salt of[^]{5}\n$/);
    const piece = await run(folder, "generate --prompt-from sea.txt --prompt-length 10 --length 5");
    assert.ok(book.includes(piece.stdout.slice(0, 10)), piece.stdout);
    assert.equal(piece.stdout.length, 16);
  });

  it("ends where the reader of its output goes away", async () => {
    const { child, ended } = start(folder, "generate --length 100000000");
    child.stdout.once("data", () => child.stdout.destroy());
    assert.equal((await ended).exitCode, 141);
  });

  it("traces what is piped into it against the texts of the run, as JSON that adds up", async () => {
    const sample = `${book.slice(50, 90)}### ${book.slice(200, 240)}`;
    const { exitCode, stdout, stderr } = await run(folder, "trace - --run poet --json", sample);
    assert.equal(exitCode, 0, stderr);
    const traced = JSON.parse(stdout) as {
      copied: number;
      texts: { source: string }[];
      found: { start: number; words: string; occurrences: { text: number; offset: number }[] }[];
    };
    assert.deepEqual(
      traced.texts.map(({ source }) => source),
      ["sea.txt"],
    );
    assert.ok(traced.found.length >= 2);
    for (const { start, words, occurrences } of traced.found) {
      assert.equal(words, sample.slice(start, start + words.length));
      for (const { offset } of occurrences) assert.equal(book.slice(offset, offset + words.length), words);
    }
  });

  it("marks passages between « and » in a pipe, in colours where asked, and as a page", async () => {
    const sample = `${book.slice(50, 90)}###`;
    const plain = await run(folder, "trace - sea.txt", sample);
    assert.match(plain.stdout, /«[^]{40}»\[1\]###/);
    const coloured = await run(folder, "trace - sea.txt --color", sample);
    assert.match(coloured.stdout, /\x1b\[38;5;16;48;5;\d+m/); // eslint-disable-line no-control-regex -- a colour
    const page = await run(folder, "trace - sea.txt --format html", sample);
    assert.match(page.stdout, /^<!doctype html>[^]*<\/html>\n?$/i);
    const saved = await run(folder, "trace - sea.txt --format html --output page.html", sample);
    assert.equal(saved.exitCode, 0, saved.stderr);
    assert.equal(readFileSync(path.join(folder, "page.html"), "utf8"), page.stdout);
  });

  it("traces through an index on disk with the same result", async () => {
    const sample = book.slice(100, 400);
    const [plain, indexed, again] = [
      await run(folder, "trace - sea.txt --json", sample),
      await run(folder, "trace - sea.txt --json --index index", sample),
      await run(folder, "trace - sea.txt --json --index index", sample),
    ];
    assert.equal(indexed.exitCode, 0, indexed.stderr);
    assert.deepEqual(JSON.parse(indexed.stdout), JSON.parse(plain.stdout));
    assert.equal(again.stdout, indexed.stdout);
  });

  it("talks by lines, as JSON too, until the input ends or somebody says bye", async () => {
    const lines = "who\n\ntemperature=2\nreset\nwho\nbye\nnever\n";
    const { exitCode, stdout, stderr } = await run(folder, "dialog --json --max-length 30 --seed 2", lines);
    assert.equal(exitCode, 0, stderr);
    const replies = jsonLines(stdout);
    assert.deepEqual(
      replies.map(({ type }) => type),
      ["answer", "answer", "notice", "notice", "answer", "end"],
    );
    assert.equal(replies[4].temperature, 2);
    const words = await run(folder, "dialog --max-length 30", "who\n");
    assert.equal(words.exitCode, 0, words.stderr);
    assert.match(words.stdout, /copied[^]*\n\n/);
  });
});
