import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { TextLibrary } from "../../../lib/text/library";
import { random } from "../../../lib/base/random";
import { StreamedLibrary } from "../../../lib/text/stream/streamed-library";
import { levels } from "../../../lib/text/tokens/vocabulary";
import { resumeTraining } from "../../../lib/train/saved/checkpoint";
import { checkpointsIn } from "../../../lib/train/saved/run-folder";
import { Training } from "../../../lib/train/training";
import { eventsOf, smallLibrary, smallParams, streamedKills, streamedParams, weightsOf } from "../small";

describe("a training that reads from disk", () => {
  let folder = "";
  let file = "";
  let cache = "";
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "palimpsest-"));
    file = path.join(folder, "sea.txt");
    cache = path.join(folder, "cache");
    await writeFile(file, smallLibrary().texts[0].content.repeat(5));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("tells and learns what one does that holds the texts in memory", async () => {
    for (const batches of ["windows", "threads"] as const) {
      for (const level of levels) {
        const params = { ...smallParams, batches, level };
        const streamed = await StreamedLibrary.open([file], { cache });
        const inMemory = await TextLibrary.open([file]);
        const trainings = [await Training.start(streamed, params), await Training.start(inMemory, params)];
        const told: unknown[] = [];
        for (const training of trainings) {
          await eventsOf(training, { validateEvery: 10, sampleEvery: 0 });
          const losses = training.position.history.flatMap((entry) =>
            "crossEntropy" in entry ? [[entry.type, entry.crossEntropy]] : [],
          );
          told.push({ losses, weights: weightsOf(training) });
        }
        assert.deepEqual(told[0], told[1]);
        trainings.forEach((training) => training.dispose());
        streamed.close();
      }
    }
  });

  it("goes on from a checkpoint of one that held the texts in memory, and refuses to where the file has changed", async () => {
    const run = path.join(folder, "run");
    const before = await Training.start(await TextLibrary.open([file]), smallParams);
    await eventsOf(before, { checkpoints: run, sampleEvery: 0 });
    before.dispose();
    const same = await StreamedLibrary.open([file], { cache });
    (await resumeTraining(run, same)).dispose();
    same.close();
    await appendFile(file, "the sail of salt.\n");
    const other = await StreamedLibrary.open([file], { cache });
    await assert.rejects(resumeTraining(run, other), /"sea" was not read there, or has changed/);
    other.close();
  });

  it("ends with the same weights, killed again and again at random or never", async function () {
    this.timeout(120_000 + streamedKills * 8_000);
    const run = path.join(folder, "run");
    const script = path.join(__dirname, "train-until-killed.ts");
    const draw = random(1);
    let kills = 0;
    let last = 0;
    while (last < (streamedParams.iterations as number)) {
      const child = spawn(process.execPath, ["--require", "tsx/cjs", script, file, cache, run], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      child.stdout.on("data", (lines: Buffer) => (last = Number(lines.toString().trim().split("\n").pop())));
      const closed = once(child, "close");
      if (kills < streamedKills) {
        await Promise.race([once(child.stdout, "data"), closed]);
        await setTimeout(100 * draw());
        if (child.kill("SIGKILL")) kills++;
      }
      await closed;
      assert.ok(child.killed || child.exitCode === 0, `it ended by itself with ${child.exitCode}`);
    }
    assert.equal(kills, streamedKills, "it ended before it was killed so often: the test shows nothing");
    const streamed = await StreamedLibrary.open([file], { cache });
    const through = await Training.start(streamed, streamedParams);
    await eventsOf(through, { sampleEvery: 0, validateEvery: 0 });
    const killed = await resumeTraining(run, streamed);
    assert.equal((await checkpointsIn(run)).length > 0, true);
    assert.equal(killed.position.iteration, streamedParams.iterations);
    assert.deepEqual(weightsOf(killed), weightsOf(through));
    [killed, through].forEach((training) => training.dispose());
    streamed.close();
  });
});
