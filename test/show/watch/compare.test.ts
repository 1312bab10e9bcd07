import assert from "node:assert/strict";
import { madeUp } from "../../trace/made-up";
import { TextLibrary } from "../../../lib/text/library";
import { textOf } from "../../trace/texts";
import { compare, comparison, comparisonChart, type Compared } from "../../../lib/show/watch/compare";
import { TrainingRecord } from "../../../lib/show/watch/training-record";
import { train } from "../../../lib/train/train";
import { Training } from "../../../lib/train/training";
import { smallLibrary, smallParams } from "../../train/small";
import { inRecordedNotebook } from "./recording";
import { book, sampleAt, stepAt, validationAt } from "../told";

const settings = { "1 layer": { ...smallParams, layers: 1 }, "3 layers": { ...smallParams, layers: 3 } };
const options = { logEvery: 5, validateEvery: 10, sampleEvery: 20, sampleLength: 30, temperatures: [0.5] };

function dispose(compared: readonly Compared[]): void {
  for (const { training } of compared) training.dispose();
}

describe("compare(settings, library)", () => {
  it("trains all settings, and shows one chart that ends as a picture, and a table", async () => {
    let compared: Compared[] = [];
    const outputs = await inRecordedNotebook(async () => {
      compared = await compare(settings, smallLibrary(), options);
    });
    assert.deepEqual(
      compared.map(({ name, training, record }) => [name, training.model.params.layers, record.end?.reason]),
      [
        ["1 layer", 1, "finished"],
        ["3 layers", 3, "finished"],
      ],
    );
    assert.equal(outputs.length, 2);
    const [chart, table] = outputs;
    assert.match(chart.html[0], /<script>/);
    assert.doesNotMatch(chart.html[chart.html.length - 1], /<script>/);
    assert.match(
      chart.text[chart.text.length - 1],
      /1 layer: loss \d\.\d+, in validation .*; 3 layers: loss \d/,
    );
    assert.match(table.text[0], /^name +weights +epochs[^]*\n1 layer [^]*\n3 layers /);
    dispose(compared);
  });

  it("goes on with a training that is given, as it stands", async () => {
    const given = await Training.start(smallLibrary(), { ...smallParams, iterations: 5 });
    for await (const event of train(given, options))
      assert.ok(event.type !== "end" || event.reason === "finished");
    let compared: Compared[] = [];
    await inRecordedNotebook(async () => {
      compared = await compare({ given }, smallLibrary(), options);
    });
    assert.equal(compared[0].training, given);
    assert.deepEqual(
      compared[0].record.steps.map(({ iteration }) => iteration),
      [5],
    );
    dispose(compared);
  });

  it("leaves out what was to come after an interrupt", async () => {
    const stop = new AbortController();
    stop.abort();
    let compared: Compared[] = [];
    await inRecordedNotebook(async () => {
      compared = await compare(settings, smallLibrary(), { ...options, signal: stop.signal });
    });
    assert.deepEqual(
      compared.map(({ name }) => name),
      ["1 layer"],
    );
    dispose(compared);
  });
});

describe("comparison(compared)", () => {
  it("tells of each training the last losses, the lowest, and what the last samples copy", async () => {
    const training = await Training.start(smallLibrary(), smallParams); // 8 × 4 characters a step
    const record = new TrainingRecord([book]);
    const copying = "Emma Woodhouse, handsome"; // 24 characters
    for (const event of [
      ...[stepAt(10, 2), validationAt(10, 1.5), sampleAt(10, 0.5, copying)],
      ...[stepAt(20, 1), validationAt(20, 1.75)],
      ...[sampleAt(20, 0.5, copying), sampleAt(20, 0.9, "nothing of it is a copy.")],
    ]) {
      record.add(event);
    }
    const compared = [{ name: "small", training, record }];
    assert.deepEqual(comparison(compared), [
      {
        name: "small",
        weights: training.model.size,
        epochs: "2.0",
        msPerStep: 32,
        loss: "1.000",
        validationLoss: "1.750",
        lowest: "1.500 at 10",
        copied: "50.0%",
        longestCopy: 24,
      },
    ]);
    const [, copied] = comparisonChart(compared).panels;
    assert.deepEqual(copied.series[0].points, [
      { x: 10, y: 1 },
      { x: 20, y: 0.5 },
    ]);
    training.dispose();
  });

  it("has the zero of the library beside the copies, in the table, the chart and its words", async () => {
    const library = new TextLibrary([textOf(madeUp(8_000))], { validation: 0.2 });
    const training = await Training.start(library, smallParams);
    const record = new TrainingRecord(library);
    for (const event of [stepAt(10, 2), sampleAt(10, 0.5, "nothing of it is a copy.")]) record.add(event);
    const compared = [{ name: "small", training, record }];
    assert.equal(comparison(compared)[0].ofHeldOut, "0.0%");
    const { panels, alternative } = comparisonChart(compared);
    assert.deepEqual(
      panels[1].series.map(({ name, points }) => [name, points]),
      [
        ["small", [{ x: 10, y: 0 }]],
        ["held out", [{ x: 10, y: 0 }]],
      ],
    );
    assert.match(alternative, /copied 0\.0%, of held-out text 0\.0%$/);
    training.dispose();
  });

  it("is empty where nothing was measured yet", async () => {
    const training = await Training.start(smallLibrary(), smallParams);
    const [row] = comparison([{ name: "new", training, record: new TrainingRecord([book]) }]);
    assert.deepEqual(
      [row.loss, row.validationLoss, row.lowest, row.copied, row.longestCopy],
      ["", "", "", "", 0],
    );
    training.dispose();
  });
});
