import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import path from "node:path";
import { run, small, workFolder, writeBook } from "../command";

describe("palimpsest runs", function () {
  this.timeout(120_000);
  const folder = workFolder();
  const train = `train sea.txt ${small} --iterations 10 --sample-every 0 --run sea`;

  it("lists runs and those set aside, which training tells of, and removes these alone", async () => {
    writeBook(path.join(folder, "sea.txt"), ["wave", "salt", "the", "sail", "of"]);
    assert.match((await run(folder, "runs")).stderr, /^There is no run in data\/runs\.$/m);
    await run(folder, train);
    const second = await run(folder, `${train} --seed 2`);
    assert.match(
      second.stderr,
      /is now data\/runs\/sea\.before-1\. It takes .* `palimpsest runs sea --clear`/,
    );

    const { stdout } = await run(folder, "runs");
    const row = /^data\/runs\/(\S+) +iteration 10 {2}best in validation \d\.\d{3}  +\d\.\d MB$/;
    assert.deepEqual(
      stdout
        .trim()
        .split("\n")
        .map((line) => row.exec(line)?.[1]),
      ["sea", "sea.before-1"],
    );
    assert.equal(JSON.parse((await run(folder, "runs sea --json")).stdout).length, 2);

    assert.match(
      (await run(folder, "runs sea --clear")).stdout,
      /^removed data\/runs\/sea\.before-1 {2}\d\.\d MB$/m,
    );
    assert.deepEqual(readdirSync(path.join(folder, "data", "runs")), ["sea"]);
    assert.match((await run(folder, "runs --clear")).stderr, /^Nothing is set aside\.$/m);
  });
});
