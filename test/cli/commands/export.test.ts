import assert from "node:assert/strict";
import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import { readModel } from "../../../lib/train/saved/model-file";
import { jsonLines, run, small, workFolder, writeBook } from "../command";

describe("palimpsest export", function () {
  this.timeout(120_000);
  const folder = workFolder();
  before(async () => {
    writeBook(path.join(folder, "sea.txt"), ["wave", "salt", "the", "sail", "of"]);
    const line = `train sea.txt ${small} --iterations 10 --validate-every 5 --sample-every 0`;
    const { exitCode, stderr } = await run(folder, line);
    assert.equal(exitCode, 0, stderr);
  });

  it("writes a file with a card, which writes what the run writes, and can be trained on from", async () => {
    const { exitCode, stdout, stderr } = await run(folder, "export poet poet.palimpsest --json");
    assert.equal(exitCode, 0, stderr);
    const file = path.join(folder, "poet.palimpsest");
    assert.deepEqual(JSON.parse(stdout), {
      format: "palimpsest",
      output: "poet.palimpsest",
      files: [{ name: "poet.palimpsest", bytes: statSync(file).size }],
    });
    const { model, card } = await readModel(file);
    model.dispose();
    assert.deepEqual(
      card?.texts.map(({ title, source }) => [title, source]),
      [["sea", "sea.txt"]],
    );
    assert.ok(card && card.validation !== null && card.validation > 0);
    const written = await Promise.all(
      ["poet", "poet.palimpsest"].map((name) => run(folder, `generate ${name} --length 30`)),
    );
    assert.equal(written[0].stdout, written[1].stdout);
    let { size } = statSync(file);
    for (const precision of ["fp16", "int8"]) {
      const again = await run(folder, `export poet.palimpsest less.palimpsest --precision ${precision}`);
      assert.equal(again.exitCode, 0, again.stderr);
      const less = path.join(folder, "less.palimpsest");
      assert.ok(statSync(less).size < size);
      ({ size } = statSync(less));
      assert.deepEqual((await readModel(less)).card, card);
    }
    const on = await run(folder, "train sea.txt --from poet.palimpsest --run on --iterations 2 --json");
    assert.equal(on.exitCode, 0, on.stderr);
    assert.equal((jsonLines(on.stdout)[0].params as { neurons: number }).neurons, 12);
  });

  it("writes for Keras and for TensorFlow.js, and reads both back to write the same", async () => {
    const own = await run(folder, "generate poet --length 30");
    for (const [line, back] of [
      ["export poet poet.keras", "poet.keras"],
      ["export poet layers --format tfjs", path.join("layers", "model.json")],
    ]) {
      const { exitCode, stderr } = await run(folder, line);
      assert.equal(exitCode, 0, stderr);
      const written = await run(folder, `generate ${back} --length 30`);
      assert.equal(written.stdout, own.stdout, written.stderr);
    }
  });

  it("writes a page with the texts of the run", async () => {
    const { exitCode, stdout, stderr } = await run(folder, "export poet site --web --json");
    assert.equal(exitCode, 0, stderr);
    const { files } = JSON.parse(stdout) as { files: { name: string }[] };
    assert.deepEqual(
      files.map(({ name }) => name),
      readdirSync(path.join(folder, "site")).sort(),
    );
    assert.ok(files.some(({ name }) => name === "index.html"));
  });
});
