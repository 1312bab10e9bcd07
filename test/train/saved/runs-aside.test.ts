import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { lockRun } from "../../../lib/train/saved/run-lock";
import { clearRunsAside, runsAside, setAside } from "../../../lib/train/saved/runs-aside";
import { resumeTraining } from "../../../lib/train/saved/checkpoint";
import { train } from "../../../lib/train/train";
import { Training } from "../../../lib/train/training";
import { eventsOf, smallLibrary, smallParams } from "../small";

describe("runs that were set aside", () => {
  let scratch = "";
  let run = "";
  beforeEach(async () => {
    scratch = await mkdtemp(path.join(tmpdir(), "palimpsest-"));
    run = path.join(scratch, "novels");
  });
  afterEach(() => rm(scratch, { recursive: true }));

  const make = async (folder: string, bytes: number) => {
    await mkdir(folder);
    await writeFile(path.join(folder, "weights.bin"), Buffer.alloc(bytes));
  };

  it("are listed with what they take, and no other folder is", async () => {
    for (const [name, bytes] of [
      ["novels.before-10", 30],
      ["novels.before-2", 20],
      ["novels.before-x", 1],
      ["novels.before", 1],
      ["old-novels.before-1", 1],
    ] as const)
      await make(path.join(scratch, name), bytes);
    const all = [
      { folder: `${run}.before-2`, bytes: 20 },
      { folder: `${run}.before-10`, bytes: 30 },
    ];
    assert.deepEqual(await runsAside(run), all);
    assert.deepEqual(await clearRunsAside(run), all);
    assert.deepEqual((await readdir(scratch)).sort(), [
      "novels.before",
      "novels.before-x",
      "old-novels.before-1",
    ]);
  });

  it("get the next name that is free, beside the run also where its name ends in a slash", async () => {
    await make(run, 1);
    assert.equal(await setAside(`${run}/`), `${run}.before-1`);
    await make(run, 1);
    assert.equal(await setAside(run), `${run}.before-2`);
  });

  it("stay where a training writes them just now", async () => {
    const aside = `${run}.before-1`;
    await make(aside, 1);
    const lock = await lockRun(aside, () => false);
    await assert.rejects(clearRunsAside(run), /Expected to be the only writer of the run .*before-1/);
    await lock.release();
    assert.deepEqual(await readdir(scratch), ["novels.before-1"]);
  });

  it("are told by the training that needs the name, counted, and never again when it goes on", async () => {
    const options = { checkpoints: run, sampleEvery: 0 };
    const told = [];
    for (const seed of [1, 2, 3]) {
      const training = await Training.start(smallLibrary(), { ...smallParams, seed });
      const [first] = await eventsOf(training, options);
      told.push(first.type === "notice" && first.about === "aside" ? first.text : "");
      training.dispose();
    }
    assert.equal(told[0], "");
    assert.match(
      told[1],
      /^What another training left in .*novels is now .*novels\.before-1\. It takes \d\.\d MB; `await clearRunsAside\(".*novels"\)`, in a shell `palimpsest runs .*novels --clear`, removes what is set aside\.$/,
    );
    assert.match(told[2], /is now .*novels\.before-2\. 2 runs are set aside by now, \d\.\d MB in all;/);
    const resumed = await resumeTraining(run, smallLibrary(), { iterations: 30 });
    for await (const event of train(resumed, options))
      assert.ok(event.type !== "notice" || event.about !== "aside");
    resumed.dispose();
  });
});
