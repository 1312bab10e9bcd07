import assert from "node:assert/strict";
import { endAfter, iterationsOf } from "../../lib/train/epochs";
import { Training } from "../../lib/train/training";
import { eventsOf, smallLibrary, smallParams } from "./small";

describe("endAfter()", () => {
  it("ends a training after so many epochs, as its events count them", async () => {
    const training = await Training.start(smallLibrary(), smallParams);
    endAfter(training, 0.2);
    const events = await eventsOf(training, { sampleEvery: 0, logEvery: 1 });
    const steps = events.flatMap((event) => (event.type === "step" ? [event] : []));
    const last = steps[steps.length - 1];
    assert.equal(last.iteration, training.params.iterations);
    assert.equal(training.model.params, training.params);
    assert.ok(Math.abs(last.epoch - 0.2) <= 0.5 / training.batches.perEpoch, `epoch ${last.epoch}`);
    training.dispose();
  });

  it("counts windows as epochs where it is told how many", () => {
    const training = {
      params: { batchSize: 128 },
      batches: { perEpoch: 7 },
    } as unknown as Training;
    assert.equal(iterationsOf(training, 150, { examplesPerEpoch: 10_000 }), 11_719);
    assert.equal(iterationsOf(training, 2), 14);
    assert.equal(iterationsOf(training, 0.001), 1);
  });

  it("refuses what is no number of epochs", () => {
    const training = {
      params: { batchSize: 128 },
      batches: { perEpoch: 7 },
    } as unknown as Training;
    for (const epochs of [0, -1, Infinity, NaN])
      assert.throws(() => iterationsOf(training, epochs), /Expected `epochs` > 0/);
    assert.throws(
      () => iterationsOf(training, 1, { examplesPerEpoch: 0 }),
      /Expected `examplesPerEpoch` >= 1/,
    );
  });
});
