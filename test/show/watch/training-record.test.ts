import assert from "node:assert/strict";
import { inspect } from "node:util";
import { TrainingRecord } from "../../../lib/show/watch/training-record";
import { book, stepAt, wholeTraining } from "../told";

function recordOf(events = wholeTraining): TrainingRecord {
  const record = new TrainingRecord([book]);
  for (const event of events) record.add(event);
  return record;
}

describe("TrainingRecord", () => {
  it("keeps what it is told, by its kind", () => {
    const { steps, validations, samples, checkpoints, end } = recordOf();
    assert.deepEqual([steps.length, validations.length, samples.length, checkpoints.length], [2, 2, 4, 1]);
    assert.equal(end?.reason, "finished");
  });

  it("traces each sample and measures what of it is copied", () => {
    const { samples } = recordOf();
    const [{ text, trace, copied, longest }] = samples.slice(-1);
    const copy = "Emma Woodhouse, handsome, clever, and ";
    assert.deepEqual(
      trace.passages.map(({ start, end }) => text.slice(start, end)),
      [` ${copy}`.slice(1)],
    );
    assert.equal(longest, copy.trim().length);
    const letters = (words: string) => words.replace(/[^a-z]/gi, "").length;
    assert.equal(copied, letters(copy) / letters(text));
    assert.deepEqual([samples[0].copied, samples[0].longest], [0, 0]);
  });

  it("counts shorter copies where it is asked to", () => {
    const record = new TrainingRecord([book], 5);
    for (const event of wholeTraining) record.add(event);
    assert.ok(record.samples[2].copied > 0);
  });

  it("knows the newest sample of each temperature and the best validation", () => {
    const record = recordOf();
    assert.deepEqual(record.latestSamples, [record.samples[3], record.samples[2]]);
    assert.equal(record.best, record.validations[1]);
    assert.equal(recordOf([]).best, undefined);
  });

  it("is printed as a sentence", () => {
    assert.equal(
      inspect(recordOf()),
      "finished after 20 iterations and 1 min 1 s; cross-entropy 1.457, in validation 1.500; accuracy 50.0%, " +
        "in validation 40.0%; copied in the last samples 0.0% at temperature 0.9, 78.9% at temperature 0.5; " +
        "longest copy 37 characters",
    );
    assert.equal(
      inspect(recordOf([stepAt(10, 2)])),
      "stopped at iteration 10; cross-entropy 2.000; accuracy 50.0%",
    );
  });
});
