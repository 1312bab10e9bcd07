import assert from "node:assert/strict";
import { entrants as all } from "../../../bench/speedrun/entrants";
import type { Run } from "../../../bench/speedrun/race";
import { chart, record, rowsOf, secondsTo, table, targets } from "../../../bench/speedrun/report";

const entrants = all.filter(
  ({ name }) => name === "palimpsest" || name === "PyTorch LSTM" || name === "small GPT",
);

function run(name: string, seed: number, losses: readonly number[]): Run {
  const points = losses.map((loss, at) => ({ seconds: 10 * (at + 1), loss }));
  return {
    name,
    seed,
    precision: "fp32",
    weights: 1000,
    iterations: 300,
    points,
    windows: losses.at(-1)! + 0.02,
  };
}

const result = {
  date: new Date("2026-11-27T22:00:00Z"),
  machine: ["A processor, 2 cores, load 0.0 when it began"],
  text: "sea.txt, 900 characters and 100 held out",
  entrants,
  runs: [
    run("palimpsest", 1, [2, 1.6, 1.4]),
    run("palimpsest", 2, [1.9, 1.5, 1.42]),
    run("PyTorch LSTM", 1, [2.2, 1.7, 1.5]),
    run("PyTorch LSTM", 2, [2.2, 1.7, 1.6]),
    run("small GPT", 1, [2.4, 2.1, 1.9]),
    run("small GPT", 2, [2.4, 2.1, 1.9]),
  ],
};

describe("secondsTo(loss, points)", () => {
  it("tells when a loss was reached, between two measurements too, and that it never was", () => {
    const points = result.runs[0].points;
    assert.equal(secondsTo(1.5, points), 25);
    assert.equal(secondsTo(1.6, points), 20);
    assert.equal(secondsTo(2.5, points), 10);
    assert.equal(secondsTo(1.39, points), undefined);
  });
});

describe("the table of a speedrun", () => {
  it("has PyTorch's losses as targets, the mean over the seeds", () => {
    assert.deepEqual(
      [...targets(result)],
      [
        ["PyTorch LSTM", 1.55],
        ["small GPT", 1.9],
      ],
    );
  });

  it("tells of each how good it became, and how soon it was as good as the others", () => {
    const [ours, lstm, gpt] = rowsOf(result);
    assert.deepEqual(ours, {
      name: "palimpsest",
      weights: 1000,
      precision: "fp32",
      steps: 300,
      "ms a step": 100,
      seconds: 30,
      loss: "1.410",
      spread: "0.020",
      "in windows of 256": "1.430",
      "s to 1.550": 20.6,
      "s to 1.900": 11.3,
    });
    assert.equal(lstm["s to 1.550"], "");
    assert.equal(gpt["in windows of 256"], "1.920 (64)");
    assert.match(
      table(result),
      /palimpsest +1,000 +fp32 +300[^]*s to 1\.550: to the loss at which PyTorch LSTM ends\./,
    );
  });
});

describe("the record of a speedrun", () => {
  it("has date, machine, text, seeds, settings, a table and the chart", () => {
    const words = record(result, "speedrun/one.svg");
    assert.match(
      words,
      /^### 2026-11-27: sea\.txt, 900 characters and 100 held out\n\n- A processor, 2 cores/,
    );
    assert.match(words, /- Seeds 1, 2;/);
    assert.match(words, /- PyTorch LSTM: `\{"neurons":256,.*"initialWeights":"own"\}`/);
    assert.match(words, /^\| palimpsest \| 1000 \| fp32 \| 300 \| 100 \| 30 \| 1\.410 \|/m);
    assert.match(words, /!\[Validation loss by seconds of training\]\(speedrun\/one\.svg\)/);
  });

  it("draws the means over the seeds, but not what is far above all ends", () => {
    const svg = chart(result);
    assert.match(svg, /^<svg /);
    for (const { name } of entrants) assert.ok(svg.includes(name.replace(" LSTM", "")), name);
  });
});
