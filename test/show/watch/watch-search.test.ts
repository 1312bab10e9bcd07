import assert from "node:assert/strict";
import { showTrials, watchSearch } from "../../../lib/show/watch/watch-search";
import type { SearchEvent } from "../../../lib/train/search/search";
import { inRecordedNotebook } from "./recording";
import { stepAt } from "../told";

const done = { state: "complete", iterations: 20, seconds: 1.23, weights: 900 } as const;
const [worse, better] = [
  { trial: 0, loss: 2.5, params: { neurons: 8 }, ...done },
  { trial: 1, loss: 2.1, params: { neurons: 16 }, ...done },
];

async function* told(): AsyncGenerator<SearchEvent> {
  yield { type: "trial", trial: 0, params: worse.params };
  yield { type: "training", trial: 0, event: stepAt(10, 3.1) };
  yield { type: "result", ...worse };
  yield { type: "result", ...better };
  yield { type: "end", reason: "finished", trials: [better, worse], best: better };
}

describe("watchSearch", () => {
  it("shows a chart that grows, and a line; what stays is a picture and a sentence without a script", async () => {
    let trials: unknown;
    const outputs = await inRecordedNotebook(async () => (trials = await watchSearch(told())));
    const [chart, line] = outputs;
    assert.equal(outputs.length, 2);
    assert.ok(chart.html[1].includes("<script>") && !chart.html.at(-1)?.includes("<script>"));
    assert.ok(chart.html.at(-1)?.startsWith("<img ") && chart.text.at(-1)?.startsWith("2 trials, 0 of them"));
    assert.ok(line.text.includes("trial 0: neurons 8"));
    assert.ok(line.text.includes("trial 0: done at iteration 20, loss 2.500"));
    assert.equal(
      line.text.at(-1),
      "finished after 2 trials; the best is trial 1: loss 2.100 with neurons 16",
    );
    assert.deepEqual(
      (trials as { trial: number }[]).map(({ trial }) => trial),
      [1, 0],
    );
  });
});

describe("showTrials", () => {
  it("shows the trials ranked, with their params, and errors only where there are some", async () => {
    const [{ text }] = await inRecordedNotebook(() => showTrials([worse, better]));
    assert.deepEqual(
      text[0].split("\n").map((line) => line.trim().split(/\s+/)),
      [
        ["rank", "trial", "state", "loss", "iterations", "seconds", "weights", "neurons"],
        ["1", "1", "complete", "2.1", "20", "1.2", "900", "16"],
        ["2", "0", "complete", "2.5", "20", "1.2", "900", "8"],
      ],
    );
  });
});
