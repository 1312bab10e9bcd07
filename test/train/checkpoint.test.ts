import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { write } from "../../lib/generate/generate";
import { chooseImplementation } from "../../lib/network/implementation";
import { tf } from "../../lib/network/tensorflow";
import { TextLibrary } from "../../lib/text/library";
import { Vocabulary } from "../../lib/text/vocabulary";
import { loadModel, resumeTraining, saveCheckpoint } from "../../lib/train/checkpoint";
import { checkpointsIn } from "../../lib/train/run-folder";
import { train } from "../../lib/train/train";
import { Training } from "../../lib/train/training";
import { eventsOf, smallLibrary, smallParams, weightsOf } from "./small";

describe("checkpoints", () => {
  let folder = "";
  beforeEach(async () => {
    folder = path.join(await mkdtemp(path.join(tmpdir(), "palimpsest-")), "run");
  });
  afterEach(() => rm(path.dirname(folder), { recursive: true }));

  it("go on with the numbers of a training that was never stopped", async () => {
    const dropout = chooseImplementation().name === "cudnn" ? 0 : 0.1; // cuDNN's own draws are not saved.
    for (const batches of ["windows", "threads"] as const) {
      const params = { ...smallParams, dropout, batches };
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

  it("load after the process that wrote them was killed at any moment", async () => {
    const script = path.join(__dirname, "save-until-killed.ts");
    let halfWritten = 0;
    for (let kill = 0; kill < 12; kill++) {
      const run = `${folder}-${kill}`;
      const child = spawn(process.execPath, ["--import", "tsx", script, run], {
        stdio: ["ignore", "pipe", "ignore"],
      });
      await once(child.stdout, "data");
      await setTimeout(7 * kill);
      child.kill("SIGKILL");
      await once(child, "close");
      const resumed = await resumeTraining(run, smallLibrary());
      assert.ok(resumed.position.iteration > 0);
      resumed.dispose();
      for (const checkpoint of await checkpointsIn(run)) (await loadModel(checkpoint)).dispose();
      halfWritten += (await readdir(run)).filter((name) => !name.startsWith("iteration-")).length;
    }
    assert.ok(halfWritten > 0, "no kill came while a checkpoint was being written: the test shows nothing");
  });
});
