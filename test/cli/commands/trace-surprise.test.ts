import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { run, workFolder } from "../command";

const sentence = "the goat sails on the high sea. ";
const sample = "the goat sails on the high sea. zeal ";

describe("palimpsest trace --surprise", () => {
  const folder = workFolder();

  before(async () => {
    writeFileSync(path.join(folder, "book.txt"), `${sentence.repeat(40)}zeal zeal zeal\n`);
    writeFileSync(path.join(folder, "sample.txt"), sample);
    const line =
      "train book.txt --run poet --neurons 24 --layers 1 --steps 32 --batch-size 8 --iterations 150 " +
      "--learning-rate 0.02 --warmup 0 --dropout 0 --sample-every 0 --validation 0 --quiet";
    const { exitCode, stderr } = await run(folder, line);
    assert.equal(exitCode, 0, stderr);
  });

  it("tells how surprised the network of the run is at each character", async () => {
    const { stdout, stderr } = await run(folder, "trace sample.txt --run poet --surprise --json --quiet");
    assert.equal(stderr, "");
    const { surprise } = JSON.parse(stdout) as { surprise: number[] };
    assert.equal(surprise.length, sample.length);
    const known = surprise.slice(5, sentence.length).reduce((sum, one) => sum + one, 0);
    assert.ok(known / (sentence.length - 5) < 0.2, String(surprise));
    assert.ok(surprise[sample.indexOf("z")] > 2, String(surprise));
  });

  it("draws bars in a page", async () => {
    const line = "trace sample.txt --run poet --surprise --format html --output sample.html --quiet";
    const { exitCode, stderr } = await run(folder, line);
    assert.deepEqual([exitCode, stderr], [0, "sample.html\n"]);
    assert.match(
      readFileSync(path.join(folder, "sample.html"), "utf8"),
      /data-skyline.*<span data-s title="[\d.]+ nats/s,
    );
  });

  it("refuses to be asked of no network", async () => {
    const { exitCode, stderr } = await run(folder, "trace sample.txt book.txt --surprise");
    assert.equal(exitCode, 2);
    assert.match(stderr, /Expected --run with --surprise, which asks the network of a run, got none/);
  });
});
