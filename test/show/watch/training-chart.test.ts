import assert from "node:assert/strict";
import { legends } from "../../../lib/show/chart/panel";
import { resultsInWords, trainingChart, type TrainingCurves } from "../../../lib/show/watch/training-chart";
import { stepAt, validationAt } from "../told";

const curves: TrainingCurves = {
  steps: [stepAt(10, 3.2), stepAt(20, 1.4567)],
  validations: [validationAt(20, 1.5)],
  samples: [
    { iteration: 10, temperature: 0.9, copied: 0, longest: 0 },
    { iteration: 10, temperature: 0.5, copied: 0.5, longest: 60 },
    { iteration: 20, temperature: 0.9, copied: 0.1, longest: 25 },
    { iteration: 20, temperature: 0.5, copied: 0.25, longest: 43 },
  ],
};

describe("trainingChart", () => {
  it("shows training beside validation, and by temperature, the lowest first, how much is copied and how long the longest copy is", () => {
    const { panels } = trainingChart(curves);
    const told = panels.map(({ title, series }) => [
      title,
      ...series.map(({ name, points }) => `${name}: ${points.map(({ x, y }) => `${x} ${y}`).join(", ")}`),
    ]);
    assert.deepEqual(told, [
      ["Cross-entropy", "training: 10 3.2, 20 1.4567", "validation: 20 1.5"],
      ["Accuracy", "training: 10 0.5, 20 0.5", "validation: 20 0.4"],
      ["Copied", "at 0.5: 10 0.5, 20 0.25", "at 0.9: 10 0, 20 0.1"],
      ["Longest copy", "at 0.5: 10 60, 20 43", "at 0.9: 10 0, 20 25"],
    ]);
  });

  it("says of copies the last that was told, also where that is of earlier, better weights", () => {
    const [, , { temperature, ...better }] = curves.samples;
    const samples = [...curves.samples, { ...better, temperature, iteration: 10, copied: 0.02, longest: 21 }];
    const [, , copied, longest] = trainingChart({ ...curves, samples }).panels;
    const frame = { x: 0, y: 0, width: 760, height: 200, margin: { top: 0, right: 0, bottom: 0, left: 0 } };
    assert.deepEqual(legends(copied, frame), ["● at 0.5 25%", "■ at 0.9 2%"]);
    assert.deepEqual(legends(longest, frame), ["● at 0.5 43", "■ at 0.9 21"]);
  });

  it("shows beside the copied share that of held-out text", () => {
    const samples = curves.samples.map((sample) => ({ ...sample, zero: 0.006 }));
    const { series } = trainingChart({ ...curves, samples }).panels[2];
    assert.equal(series[2].name, "held out");
    assert.deepEqual(series[2].points, [
      { x: 10, y: 0.006 },
      { x: 20, y: 0.006 },
    ]);
    assert.match(
      resultsInWords({ ...curves, samples }),
      /25\.0% at temperature 0\.5, of held-out text 0\.6%; longest/,
    );
  });

  it("shows validation in nats a character too where tokens are longer", () => {
    const longer = { ...curves, validations: [{ ...validationAt(20, 3), perCharacter: 1.2 }] };
    const [{ series }] = trainingChart(longer).panels;
    assert.equal(series[2].name, "validation, a character");
    assert.deepEqual(series[2].points, [{ x: 20, y: 1.2 }]);
    assert.match(resultsInWords(longer), /in validation 3\.000 \(1\.200 a character\); accuracy/);
  });

  it("does without validation where none is told", () => {
    const [{ series }] = trainingChart({ ...curves, validations: [] }).panels;
    assert.deepEqual(
      series.map(({ name }) => name),
      ["training"],
    );
  });

  it("has no room for copies where a training has ended without a sample", () => {
    const titles = (told: TrainingCurves) => trainingChart(told).panels.map(({ title }) => title);
    const silent = { ...curves, samples: [] };
    const end = { type: "end", iteration: 20, reason: "finished", seconds: 61 } as const;
    assert.deepEqual(titles(silent), ["Cross-entropy", "Accuracy", "Copied", "Longest copy"]);
    assert.deepEqual(titles({ ...silent, end }), ["Cross-entropy", "Accuracy"]);
    assert.deepEqual(titles({ ...curves, end }), titles(curves));
  });

  it("holds before anything is told", () => {
    const nothing = { steps: [], validations: [], samples: [] };
    assert.equal(trainingChart(nothing).alternative, "A training that has just begun");
    assert.equal(resultsInWords(nothing), "");
  });
});

describe("resultsInWords", () => {
  it("gives the last numbers", () => {
    assert.equal(
      resultsInWords(curves),
      "cross-entropy 1.457, in validation 1.500; accuracy 50.0%, in validation 40.0%; " +
        "copied in the last samples 10.0% at temperature 0.9, 25.0% at temperature 0.5; longest copy 43 characters",
    );
  });

  it("says so where nothing is copied", () => {
    const samples = [{ iteration: 20, temperature: 0.5, copied: 0, longest: 0 }];
    assert.match(resultsInWords({ ...curves, samples }), /; nothing copied in the last samples$/);
    const beside = samples.map((sample) => ({ ...sample, zero: 0.004 }));
    assert.match(
      resultsInWords({ ...curves, samples: beside }),
      /; nothing copied in the last samples, of held-out text 0\.4%$/,
    );
  });
});
