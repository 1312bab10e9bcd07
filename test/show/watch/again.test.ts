import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { showTraining } from "../../../lib/show/watch/show-training";
import { watch } from "../../../lib/show/watch/watch";
import { TextLibrary } from "../../../lib/text/library";
import type { TrainOptions } from "../../../lib/train/options";
import { resumeTraining } from "../../../lib/train/saved/checkpoint";
import { train } from "../../../lib/train/train";
import { Training } from "../../../lib/train/training";
import { inRecordedNotebook } from "./recording";

const options = { logEvery: 2, validateEvery: 4, sampleEvery: 4, sampleLength: 20, temperatures: [0.7] };

/** A training whose first cell is interrupted after so many iterations. */
async function interrupted(after: number): Promise<Training> {
  const words = "the cat sat on the mat and the dog lay by the door, ".repeat(40);
  const library = await TextLibrary.open([{ title: "Cat", text: words }]);
  const training = await Training.start(library, {
    neurons: 8,
    layers: 1,
    steps: 8,
    batchSize: 4,
    iterations: 12,
  });
  const stop = new AbortController();
  const events = train(training, { ...options, signal: stop.signal });
  await inRecordedNotebook(async () => {
    await watch(
      (async function* () {
        for await (const event of events) {
          if (training.position.iteration === after) stop.abort();
          yield event;
        }
      })(),
      library,
    );
  });
  return training;
}

const iterationsOf = (entries: readonly { readonly iteration: number }[]) =>
  entries.map(({ iteration }) => iteration);

describe("a cell that trains, run again", () => {
  it("shows one curve from the beginning with all samples, after it was interrupted", async () => {
    const training = await interrupted(6);
    let record;
    const outputs = await inRecordedNotebook(async () => {
      record = await watch(train(training, options), training.library);
    });
    assert.deepEqual(iterationsOf(record!.steps), [2, 4, 6, 8, 10, 12]);
    assert.deepEqual(iterationsOf(record!.validations), [4, 8, 12]);
    assert.deepEqual(iterationsOf(record!.samples), [4, 8, 12]);
    assert.match(outputs[1].text.at(-1) ?? "", /^finished after 12 iterations/);
    training.dispose();
  });

  it("shows the same chart and numbers once the training has finished, and how to go on", async () => {
    const training = await interrupted(6);
    const [first] = await inRecordedNotebook(() => watch(train(training, options), training.library));
    const again = await inRecordedNotebook(() => watch(train(training, options), training.library));
    const [later] = await inRecordedNotebook(() => void showTraining(training));
    assert.equal(again[0].text.at(-1), first.text.at(-1));
    assert.equal(later.text.at(-1), first.text.at(-1));
    assert.match(
      again[1].text.at(-1) ?? "",
      /^finished after 12 iterations and .*, before this cell\nTo go on, set `training\.params\.iterations` higher and run the cell again\.\n/,
    );
    training.params.iterations = 16;
    const [, longer] = await inRecordedNotebook(() => watch(train(training, options), training.library));
    assert.match(longer.text.at(-1) ?? "", /^finished after 16 iterations/);
    training.dispose();
  });

  it("says how to go on after an interrupt, in the session and from its checkpoint", async () => {
    const scratch = await mkdtemp(path.join(tmpdir(), "palimpsest-"));
    const run = path.join(scratch, "cat");
    const training = await interrupted(6);
    const stopped = { ...options, signal: AbortSignal.abort() };
    const told = async (given: TrainOptions) => {
      const [, line] = await inRecordedNotebook(() => watch(train(training, given), training.library));
      return line.text.at(-1) ?? "";
    };
    const again =
      "Run the cell again to go on from iteration 6; a cell that also makes the training begins anew.";
    assert.equal((await told(stopped)).split("\n")[1], again);
    const withCheckpoint = (await told({ ...stopped, checkpoints: run })).split("\n")[1];
    assert.equal(
      withCheckpoint,
      `${again} After a restart, \`resumeTraining("${run}", library)\` goes on there.`,
    );
    const resumed = await resumeTraining(run, training.library);
    assert.equal(resumed.position.iteration, 6);
    resumed.dispose();
    training.dispose();
    await rm(scratch, { recursive: true });
  });

  it("that had ended since validation no longer fell says what lets it go on all the same", async () => {
    const training = await interrupted(6);
    for (const [iteration, crossEntropy] of [
      [1, 1],
      [2, 2],
    ])
      training.record({ entry: { type: "validation", iteration, crossEntropy, accuracy: 0 } });
    const again = { ...options, validateEvery: 0, patience: 1 };
    const [, over] = await inRecordedNotebook(() => watch(train(training, again), training.library));
    assert.match(
      over.text.at(-1) ?? "",
      /^stopped after 6 iterations .* iteration 1, before this cell\nTo go on all the same, run the cell again with `patience: 0`\.\n/,
    );
    const [, on] = await inRecordedNotebook(() =>
      watch(train(training, { ...again, patience: 0 }), training.library),
    );
    assert.match(on.text.at(-1) ?? "", /^finished after 12 iterations/);
    training.dispose();
  });
});
