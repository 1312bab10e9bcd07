import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { entry } from "../../../cli/options/space";
import { needsOptuna } from "../../train/search/environment";
import { jsonLines, run, workFolder, writeBook } from "../command";

describe("entry()", () => {
  it("understands values, ranges, steps and orders of magnitude, one parameter after another", () => {
    const space = [
      "neurons=64,128",
      "steps=32..256:32",
      "learning-rate=1e-3..3e-2:log",
      "dropout=0..0.5",
    ].reduce((before, value) => entry(value, before), {});
    assert.deepEqual(space, {
      neurons: [64, 128],
      steps: { from: 32, to: 256, step: 32 },
      learningRate: { from: 1e-3, to: 3e-2, log: true },
      dropout: { from: 0, to: 0.5 },
    });
  });

  it("understands words and yes or no", () => {
    assert.deepEqual(entry("optimizer=adam,rmsprop"), { optimizer: ["adam", "rmsprop"] });
    assert.deepEqual(entry("skip-connections=true,false"), { skipConnections: [true, false] });
  });

  it("refuses what is no parameter with values, and what is no number in a range", () => {
    assert.throws(() => entry("neurons"), /Expected a parameter and its values/);
    assert.throws(() => entry("neurons=32..many"), /Expected a number/);
  });

  it("refuses a parameter that is given twice, and takes the name of a property of every object for no parameter", () => {
    assert.throws(() => entry("layers=2", { layers: [1] }), /Expected layers once/);
    assert.deepEqual(Object.entries(entry("constructor=1", {})), [["constructor", [1]]]);
  });
});

describe("palimpsest search", function () {
  this.timeout(240_000);
  needsOptuna();
  const folder = workFolder();

  it("tries settings, ranks them in a table, and goes on where it is asked for more, also from disk", async () => {
    writeBook(path.join(folder, "sea.txt"), ["wave", "salt", "the", "sail", "of"], 1, 200);
    const line =
      "search sea.txt --space neurons=4,8 --space learning-rate=1e-3..1e-1:log --steps 8 --batch-size 4 " +
      "--iterations 10 --validate-every 5 --json";
    const { exitCode, stdout, stderr } = await run(folder, `${line} --trials 2`);
    assert.equal(exitCode, 0, stderr);
    const events = jsonLines(stdout);
    assert.equal(events.filter(({ type }) => type === "result").length, 2);
    const end = events[events.length - 1] as { type: string; reason: string; trials: { loss: number }[] };
    assert.deepEqual([end.type, end.reason, end.trials.length], ["end", "finished", 2]);
    assert.ok(end.trials[0].loss <= end.trials[1].loss);
    const table = readFileSync(path.join(folder, "data", "searches", "search", "trials.csv"), "utf8");
    assert.equal(table.trim().split("\n").length, 3);
    const more = jsonLines((await run(folder, `${line} --trials 3 --stream`)).stdout);
    assert.equal(
      more.filter(({ type }) => type === "trial").length,
      1,
      "the same texts from disk are the same search",
    );
  });

  it("fails where no trial has a loss, and says why", async () => {
    writeBook(path.join(folder, "sea.txt"), ["wave", "salt", "the", "sail", "of"], 1, 200);
    // The first draw is the second choice.
    const line =
      "search sea.txt --search failing --space embedding=8,0 --space skip-embedding=true --trials 1 --sampler random " +
      "--steps 8 --batch-size 4 --iterations 2 --json";
    const { exitCode, stdout, stderr } = await run(folder, line);
    assert.equal(exitCode, 1, stderr);
    assert.match(
      stderr,
      /None of the 1 trials has a loss. Trial 0: Expected --embedding > 0 with --skip-embedding/,
    );
    const end = jsonLines(stdout).at(-1) as { best: unknown; trials: { loss: unknown }[] };
    assert.deepEqual([end.best, end.trials.length, end.trials[0].loss], [null, 1, null]);
  });
});
