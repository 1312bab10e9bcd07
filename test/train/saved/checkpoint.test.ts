import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { write } from "../../../lib/generate/generate";
import { chooseImplementation } from "../../../lib/network/implementation";
import { tf } from "../../../lib/network/tensorflow";
import { TextLibrary } from "../../../lib/text/library";
import { Vocabulary } from "../../../lib/text/tokens/vocabulary";
import { loadModel, resumeTraining, saveCheckpoint } from "../../../lib/train/saved/checkpoint";
import { checkpointsIn } from "../../../lib/train/saved/run-folder";
import { train } from "../../../lib/train/train";
import { Training } from "../../../lib/train/training";
import { eventsOf, smallLibrary, smallParams, weightsOf } from "../small";

describe("checkpoints", () => {
  let folder = "";
  beforeEach(async () => {
    folder = path.join(await mkdtemp(path.join(tmpdir(), "palimpsest-")), "run");
  });
  afterEach(() => rm(path.dirname(folder), { recursive: true }));

  it("go on with the numbers of a training that was never stopped", async () => {
    const dropout = chooseImplementation().name === "cudnn" ? 0 : 0.1; // cuDNN's own draws are not saved.
    for (const batches of ["windows", "threads"] as const) {
      const params = { ...smallParams, dropout, batches, weightDecay: 0.5, averageLast: 0.6 };
      const run = path.join(folder, batches);
      const through = await Training.start(smallLibrary(), params);
      await eventsOf(through);
      const stopped = await Training.start(smallLibrary(), params);
      const controller = new AbortController();
      for await (const event of train(stopped, {
        logEvery: 1,
        checkpoints: run,
        signal: controller.signal,
      })) {
        if (event.iteration === 13) controller.abort();
      }
      const resumed = await resumeTraining(run, smallLibrary(), params);
      assert.equal(resumed.position.iteration, 13);
      await eventsOf(resumed, { checkpoints: run });
      assert.deepEqual(weightsOf(resumed), weightsOf(through), batches);
      [through, stopped, resumed].forEach((training) => training.dispose());
    }
  });

  it("are gone on from where there is no native library", async () => {
    const training = await Training.start(smallLibrary(), smallParams);
    await eventsOf(training, { checkpoints: folder });
    training.dispose();
    const hidden = path.join(__dirname, "..", "..", "network", "without-native.cjs");
    const script = path.join(__dirname, "resume-without-native.ts");
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ["--require", hidden, "--import", "tsx", script, folder],
      { encoding: "utf8" },
    );
    const lines = stdout.trim().split("\n");
    const told = { kind: "module", iteration: smallParams.iterations };
    assert.deepEqual(JSON.parse(lines[lines.length - 1] || "{}"), told, stderr);
  });

  it("hold the history, and a network that writes the same", async () => {
    const training = await Training.start(smallLibrary(), smallParams);
    await eventsOf(training, { checkpoints: folder });
    const model = await loadModel(folder);
    const options = { length: 60, seed: 5 };
    assert.equal(await write(model, options), await write(training.model, options));
    const resumed = await resumeTraining(folder, smallLibrary());
    assert.deepEqual(resumed.position, training.position);
    [training, resumed, model].forEach((each) => each.dispose());
  });

  it("give back all memory that loading took", async () => {
    const training = await Training.start(smallLibrary(), smallParams);
    await eventsOf(training, { checkpoints: folder });
    const before = tf.memory().numTensors;
    (await loadModel(folder)).dispose();
    (await resumeTraining(folder, smallLibrary())).dispose();
    assert.equal(tf.memory().numTensors, before);
    training.dispose();
  });

  it("stay: the newest ones and the one with the lowest validation loss", async () => {
    const training = await Training.start(smallLibrary(), { ...smallParams, iterations: 6 });
    const losses = [5, 3, 4, 6, 7, 8];
    const best: boolean[] = [];
    for (const [index, crossEntropy] of losses.entries()) {
      training.position.iteration = index + 1;
      training.position.history.push({ type: "validation", iteration: index + 1, crossEntropy, accuracy: 0 });
      best.push((await saveCheckpoint(training, folder, 2)).best);
    }
    const names = (await checkpointsIn(folder)).map((checkpoint) => path.basename(checkpoint));
    assert.deepEqual(names, ["iteration-0000002", "iteration-0000005", "iteration-0000006"]);
    assert.deepEqual(best, [true, true, false, false, false, false]);
    training.dispose();
  });

  it("are refused with other params, another vocabulary or other texts, and say what differs", async () => {
    const training = await Training.start(smallLibrary(), smallParams);
    await eventsOf(training, { checkpoints: folder, sampleEvery: 0 });
    await assert.rejects(loadModel(folder, { params: { neurons: 99 } }), /`neurons` is 99 here and 12 there/);
    await assert.rejects(
      loadModel(folder, { vocabulary: Vocabulary.of(["xyz"]) }),
      /the vocabulary here also has .*"x".*the vocabulary there also has .*"a"/,
    );
    await assert.rejects(
      resumeTraining(folder, smallLibrary(), { learningRate: 1 }),
      /`learningRate` is 1 here and 0.01 there\. Change that, or start a new training/,
    );
    await assert.rejects(resumeTraining(folder, smallLibrary(2)), /"Sea" was not read there, or has changed/);
    const turned = new TextLibrary([...smallLibrary().texts].reverse(), { validation: 0.1 });
    await assert.rejects(resumeTraining(folder, turned), /the texts come in another order/);
    await assert.rejects(
      loadModel(path.dirname(folder)),
      /Expected a checkpoint or a run with checkpoints in .*, found none/,
    );
    await assert.rejects(
      loadModel(`${folder}s`),
      new RegExp(`checkpoints in .*s, found none\\. In .* there is ${path.basename(folder)}$`),
    );
    training.dispose();
  });

  it("go on past the end when more iterations are asked for", async () => {
    const training = await Training.start(smallLibrary(), smallParams);
    await eventsOf(training, { checkpoints: folder, sampleEvery: 0 });
    const resumed = await resumeTraining(folder, smallLibrary(), { iterations: 25 });
    await eventsOf(resumed, { checkpoints: folder, sampleEvery: 0 });
    assert.equal(resumed.position.iteration, 25);
    assert.equal((await checkpointsIn(folder)).length, 2);
    [training, resumed].forEach((each) => each.dispose());
  });

  it("of another training are set aside, not mixed in", async () => {
    for (const seed of [1, 2]) {
      const training = await Training.start(smallLibrary(), { ...smallParams, seed });
      await eventsOf(training, { checkpoints: folder, sampleEvery: 0 });
      training.dispose();
    }
    assert.deepEqual((await readdir(path.dirname(folder))).sort(), ["run", "run.before-1"]);
    const model = await loadModel(folder);
    assert.equal(model.params.seed, 2);
    model.dispose();
  });

  it("that another training has written since are not set aside by one that was resumed before", async () => {
    const training = await Training.start(smallLibrary(), smallParams);
    const options = { checkpoints: folder, sampleEvery: 0 };
    await eventsOf(training, options);
    const [late, soon] = [
      await resumeTraining(folder, smallLibrary(), { iterations: 30 }),
      await resumeTraining(folder, smallLibrary(), { iterations: 25 }),
    ];
    await eventsOf(soon, options);
    await assert.rejects(
      eventsOf(late, options),
      /the only writer of the run .*run, but since it was resumed here another training has brought it to iteration 25: resume it again, or give/,
    );
    const older = await resumeTraining((await checkpointsIn(folder))[0], smallLibrary());
    await eventsOf(older, options); // Nobody has written since: to begin at an older one is what was asked for.
    assert.deepEqual((await readdir(path.dirname(folder))).sort(), ["run", "run.before-1"]);
    [training, late, soon, older].forEach((each) => each.dispose());
  });

  it("of before there were checksums are read as they are", async () => {
    const training = await Training.start(smallLibrary(), smallParams);
    await eventsOf(training, { checkpoints: folder, sampleEvery: 0 });
    const file = path.join(folder, "iteration-0000020", "checkpoint.json");
    const { crc32, weights, ...old } = JSON.parse(await readFile(file, "utf8")) as Record<string, unknown>;
    assert.ok(crc32 && weights);
    await writeFile(file, JSON.stringify({ ...old, format: 1 }));
    const resumed = await resumeTraining(folder, smallLibrary());
    assert.deepEqual(weightsOf(resumed), weightsOf(training));
    [training, resumed].forEach((each) => each.dispose());
  });
});
