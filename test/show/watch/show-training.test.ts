import assert from "node:assert/strict";
import { showTraining } from "../../../lib/show/watch/show-training";
import { TrainingRecord } from "../../../lib/show/watch/training-record";
import { watch } from "../../../lib/show/watch/watch";
import { TextLibrary } from "../../../lib/text/library";
import type { HistoryEntry, TrainingEvent } from "../../../lib/train/events";
import { inRecordedNotebook } from "./recording";
import { book, wholeTraining } from "../told";

const library = new TextLibrary([book], { validation: 0 });

/** What a training has of its past. */
function trainingWith(events: readonly TrainingEvent[]) {
  const history = events.filter(({ type }) => type !== "end" && type !== "checkpoint") as HistoryEntry[];
  return { library, position: { history } } as unknown as Parameters<typeof showTraining>[0];
}

describe("showTraining(training)", () => {
  it("draws chart, line and samples of a finished training anew", async () => {
    let outputs = await inRecordedNotebook(() => void showTraining(trainingWith(wholeTraining)));
    assert.equal(outputs.length, 3);
    const [chart, line, samples] = outputs.map(({ html }) => html.at(-1) ?? "");
    assert.ok(chart.startsWith("<img ") && chart.includes("cross-entropy 1.457, in validation 1.500"));
    assert.match(line, />finished at iteration 20</);
    const half = trainingWith(
      wholeTraining.filter((event) => !("iteration" in event) || event.iteration < 20),
    );
    const [, stopped] = await inRecordedNotebook(() => void showTraining(half));
    assert.match(stopped.html.at(-1) ?? "", />stopped at iteration 10</);
    assert.match(stopped.html.at(-1) ?? "", />`await watch\(training\)` goes on from iteration 10\.</);
    assert.doesNotMatch(line, /goes on/);
    assert.ok(samples.includes("Emma Woodhouse, handsome, clever, and </mark>"));
    const record = new TrainingRecord(library);
    wholeTraining.forEach((event) => record.add(event));
    outputs = await inRecordedNotebook(() => void showTraining(record));
    assert.equal(outputs.length, 3);
    assert.match(outputs[1].html.at(-1) ?? "", /finished after 20 iterations/);
  });

  it("goes on live below the new cell while the training is watched, by the training as by nothing else", async () => {
    const told = wholeTraining.slice(0, 4);
    const other = trainingWith(wholeTraining.map((event) => ({ ...event })));
    const outputs = await inRecordedNotebook(async () => {
      async function* events(): AsyncGenerator<TrainingEvent, void, void> {
        yield* told;
        // Another cell is run here, after the page was loaded again.
        const shown = showTraining(trainingWith(told));
        assert.equal(shown.samples.length, 2);
        assert.notEqual(showTraining(other), shown);
        yield* wholeTraining.slice(4);
      }
      await watch(events(), library);
    });
    assert.equal(outputs.length, 9);
    const first = outputs.slice(0, 3).map(({ html }) => html.at(-1));
    const again = outputs.slice(3, 6).map(({ html }) => html.at(-1));
    assert.deepEqual(again, first);
    assert.match(first[1] ?? "", /finished after 20 iterations/);
    assert.ok(outputs[3].html.length > 1);
  });
});
