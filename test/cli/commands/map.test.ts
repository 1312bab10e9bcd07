import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { run, workFolder } from "../command";

const sentence = "the goat sails on the high sea. ";

describe("palimpsest map", () => {
  const folder = workFolder();

  before(async () => {
    writeFileSync(path.join(folder, "book.txt"), `${sentence.repeat(40)}\n`);
    const line =
      "train book.txt --run poet --neurons 24 --layers 1 --steps 32 --batch-size 8 --iterations 150 " +
      "--learning-rate 0.02 --warmup 0 --dropout 0 --sample-every 0 --validation 0 --quiet";
    const { exitCode, stderr } = await run(folder, line);
    assert.equal(exitCode, 0, stderr);
  });

  it("draws a line of blocks, and tells the longest place", async () => {
    const { exitCode, stdout, stderr } = await run(folder, "map poet book.txt --stride 100 --no-color");
    assert.equal(exitCode, 0, stderr);
    const lines = stdout.split("\n");
    assert.match(lines[0], /^book: how far the network goes on word for word from each of 13 places$/);
    assert.match(lines[3], /^\|[ ▁-█]{13}\|$/);
    assert.match(lines[4], /% of the book, line 1: [\d,]+ characters word for word: .*«.*goat sails.*»/);
    assert.match(stderr, /Map of book/);
  });

  it("writes the places as JSON", async () => {
    const { stdout } = await run(folder, "map poet book.txt --stride 100 --ahead 32 --json --quiet");
    const { title, ahead, places } = JSON.parse(stdout) as {
      title: string;
      ahead: number;
      places: { offset: number; verbatim: number; logProbability: number }[];
    };
    assert.deepEqual([title, ahead, places.length, places[1].offset], ["book", 32, 13, 100]);
    assert.ok(places[1].verbatim > 200, `${places[1].verbatim}`);
    assert.ok(places[1].logProbability > -4, `${places[1].logProbability}`);
  });

  it("writes a page", async () => {
    const line = "map poet book.txt --format html --output map.html --quiet";
    const { exitCode, stderr } = await run(folder, line);
    assert.deepEqual([exitCode, stderr], [0, "map.html\n"]);
    assert.match(readFileSync(path.join(folder, "map.html"), "utf8"), /data-strip="0"/);
  });

  it("refuses what does not fit, and says why", async () => {
    const page = await run(folder, "map poet book.txt --output map.html");
    assert.match(page.stderr, /Expected --format html and --output together, got one without the other/);
    const stride = await run(folder, "map poet book.txt --stride 0 --quiet");
    assert.match(stride.stderr, /Expected --stride to be a whole number of at least 1, got 0/);
    assert.deepEqual([page.exitCode, stride.exitCode], [2, 2]);
  });
});
