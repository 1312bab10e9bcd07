import assert from "node:assert/strict";
import { showTraining } from "../../../lib/show/watch/show-training";
import { watch } from "../../../lib/show/watch/watch";
import { TextLibrary } from "../../../lib/text/library";
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
      /^finished after 12 iterations and .*, before this cell: raise `iterations` to go on\n/,
    );
    training.dispose();
  });
});
