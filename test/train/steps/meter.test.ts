import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { resumeTraining } from "../../../lib/train/saved/checkpoint";
import type { TrainingEvent } from "../../../lib/train/events";
import type { TrainOptions } from "../../../lib/train/options";
import { train } from "../../../lib/train/train";
import { Training } from "../../../lib/train/training";
import { eventsOf, smallLibrary, smallParams } from "../small";

describe("the means of a step event", () => {
  let run = "";
  beforeEach(async () => (run = await mkdtemp(path.join(tmpdir(), "palimpsest-"))));
  afterEach(() => rm(run, { recursive: true }));

  const options: TrainOptions = { logEvery: 5, sampleEvery: 0, validateEvery: 0 };
  /** What was told at the times when it was due, all but the pace. */
  const due = (events: readonly TrainingEvent[]) =>
    events.flatMap((event) => {
      if (event.type !== "step" || event.iteration % 5 > 0) return [];
      const { iteration, crossEntropy, accuracy, gradientNorm } = event;
      return [{ iteration, crossEntropy, accuracy, gradientNorm }];
    });

  async function uninterrupted() {
    const training = await Training.start(smallLibrary(), smallParams);
    const expected = due(await eventsOf(training, options));
    training.dispose();
    assert.equal(expected.length, 4);
    return expected;
  }

  it("are those of all steps since the last one", async () => {
    const training = await Training.start(smallLibrary(), smallParams);
    const each = (await eventsOf(training, { ...options, logEvery: 1 })).slice(0, -1);
    training.dispose();
    for (const [index, { crossEntropy }] of (await uninterrupted()).entries()) {
      const some = each.slice(5 * index, 5 * index + 5);
      const sum = some.reduce((sum, event) => sum + (event.type === "step" ? event.crossEntropy : NaN), 0);
      assert.ok(Math.abs(crossEntropy - sum / 5) < 1e-12);
    }
  });

  it("are bit for bit the same after a training was resumed from a checkpoint between two of them", async () => {
    const first = await Training.start(smallLibrary(), smallParams);
    const told: TrainingEvent[] = [];
    for await (const event of train(first, { ...options, checkpoints: run, checkpointEvery: 8 })) {
      told.push(event);
      if (event.type === "checkpoint") break; // as if the process had ended here
    }
    first.dispose();
    const resumed = await resumeTraining(run, smallLibrary());
    assert.equal(resumed.position.iteration, 8);
    told.push(...(await eventsOf(resumed, options)));
    resumed.dispose();
    assert.deepEqual(due(told), await uninterrupted());
  });

  it("are the same after a stop, which tells one more of what there is, and when the same training goes on", async () => {
    const training = await Training.start(smallLibrary(), smallParams);
    const told: TrainingEvent[] = [];
    for (const stop of [7, 9, 20]) {
      const batches = training.batches.at.bind(training.batches);
      const controller = new AbortController();
      training.batches.at = (index) => {
        if (index === stop - 1) controller.abort();
        return batches(index);
      };
      told.push(...(await eventsOf(training, { ...options, signal: controller.signal })));
      training.batches.at = batches;
    }
    const times = told.map(({ type, iteration }) => `${type} ${iteration}`);
    assert.deepEqual(times, [
      ...["step 5", "step 7", "end 7", "step 9", "end 9"],
      ...["step 10", "step 15", "step 20", "end 20"],
    ]);
    assert.deepEqual(due(told), await uninterrupted());
    training.dispose();
  });
});
