import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { firstOutputs, violationsOf } from "./driven/axe";
import { Jupyter, useJupyter } from "./driven/jupyter";
import type { Cell, NotebookPage } from "./driven/notebook-page";

/** A training that only tells: every 150 ms a step, at times a validation, and samples that copy more and more. */
const cells = (iterations: number): readonly Cell[] => [
  { type: "markdown", source: "# A training, watched" },
  {
    type: "code",
    source: `import { setTimeout as sleep } from "node:timers/promises";
import { watch } from "./lib/show/watch/watch";
import { takeInterrupt } from "./lib/train/interrupt";`,
  },
  {
    type: "code",
    source: `const opening = "It is a truth universally acknowledged, that a single man in possession of a good fortune, must be in want of a wife. ";
const however = "However little known the feelings or views of such a man may be on his first entering a neighbourhood";
const whale = "Call me Ishmael. Some years ago, never mind how long precisely, having little or no money in my purse";
const part = { source: "string", weight: 1, start: 0, firstLine: 1 };
const books = [
  { ...part, title: "Pride and Prejudice", author: "Jane Austen", content: opening + however },
  { ...part, title: "Moby-Dick", author: "Herman Melville", content: whale },
];

async function* training(iterations: number) {
  const interrupt = await takeInterrupt();
  let iteration = 0;
  try {
    while (iteration < iterations && !interrupt.requested) {
      iteration += 10;
      const learned = 1 - Math.exp(-iteration / 80);
      yield {
        type: "step" as const, iteration, iterations, epoch: iteration / 300, learningRate: 0.001, gradientNorm: 1,
        crossEntropy: 4.4 - 3 * learned + 0.03 * Math.sin(iteration * 12.9898), accuracy: 0.6 * learned,
        tokensPerSecond: 12_000, seconds: iteration / 66, secondsLeft: (iterations - iteration) / 66,
      };
      if (iteration % 50 === 0) {
        yield { type: "validation" as const, iteration, crossEntropy: 4.5 - 3 * learned, accuracy: 0.57 * learned };
      }
      if (iteration % 100 === 0) {
        for (const temperature of [0.5, 0.7, 0.9]) {
          const copied = Math.round(20 + (iteration / 10) * (1 - temperature));
          const text = "She had said that <she> would, and " + opening.slice(0, copied) +
            " the captain of the wind was seen & gone " + whale.slice(40, 40 + copied) + "\\n\\nwith the hand of the morning.";
          yield { type: "sample" as const, iteration, temperature, prompt: "\\n", text };
        }
      }
      await sleep(150);
    }
    yield { type: "checkpoint" as const, iteration, folder: "data/runs/austen/" + iteration, best: true };
    const reason = interrupt.requested ? "interrupted" as const : "finished" as const;
    yield { type: "end" as const, iteration, reason, seconds: iteration / 66 };
  } finally {
    interrupt.release();
  }
}`,
  },
  { type: "code", source: `const record = await watch(training(${iterations}), { training: books });` },
  { type: "code", source: "console.log(record.end.reason, record.samples.length, record)" },
];
const [watchCell, lastCell] = [3, 4];

describe("the live chart, in JupyterLab in a browser", function () {
  this.timeout(180_000);
  const used = useJupyter();

  it("grows in its place while the cell runs, and ends as a still picture", async () => {
    const notebook = await used.jupyter.open(path.join(used.folder, "run.ipynb"), cells(1000));
    await notebook.runAll();
    const first = await liveChart(notebook, 5);
    await notebook.page.evaluate("window.firstChart = document.querySelector('.js-plotly-plot')");
    const second = await liveChart(notebook, first.points + 10);
    assert.deepEqual([first.charts, second.charts], [1, 1]);
    assert.ok(
      await notebook.page.evaluate("window.firstChart === document.querySelector('.js-plotly-plot')"),
    );
    await notebook.screenshot(shot("live-light"), watchCell);
    assert.deepEqual(await violationsOf(notebook.page, firstOutputs), []);

    await notebook.theme("JupyterLab Dark");
    await notebook.page.waitForFunction(
      `getComputedStyle(document.querySelector(".js-plotly-plot .main-svg")).backgroundColor === "rgb(33, 31, 28)"`,
    );
    const third = await liveChart(notebook, second.points + 5);
    assert.ok(third.nodes < 1000, `the chart has ${third.nodes} elements`);
    await notebook.screenshot(shot("live-dark"), watchCell);

    await notebook.finished();
    await notebook.page.waitForSelector(stillPicture);
    assert.equal(await notebook.page.locator(".js-plotly-plot").count(), 0);
    await notebook.page.waitForFunction("window.firstChart.data === undefined"); // plotly.js has let it go
    await notebook.screenshot(shot("end-dark"), watchCell);
    await notebook.theme("JupyterLab Light");
    await notebook.screenshot(shot("end-light"), watchCell);
    assert.deepEqual(await violationsOf(notebook.page, firstOutputs), []);

    const outputs = await notebook.outputs(watchCell);
    assert.equal(outputs.length, 3);
    const saved = outputs.map(({ data }) => String(data?.["text/html"]));
    assert.ok(!saved.join("").includes("<script"));
    assert.match(
      saved[0],
      /alt="Training at iteration 1,000: cross-entropy 1\.4\d\d, in validation 1\.5\d\d/,
    );
    assert.match(
      (await notebook.outputs(lastCell))[0].text ?? "",
      /^finished 30 finished after 1,000 iterations/,
    );
    await notebook.close();
  });

  it("shows its result to a reader who has run nothing and trusts nothing", async () => {
    const notebook = await used.jupyter.open(path.join(used.folder, "quick.ipynb"), cells(200));
    await notebook.runAll();
    await notebook.finished();
    const { cells: ran } = JSON.parse(await notebook.save()) as { cells: { outputs: object[] }[] };
    await notebook.close();

    // A copy has never been signed here, as in a fresh clone.
    const copies = cells(200).map((cell, index) => ({
      ...cell,
      outputs: ran[index].outputs,
      source: `${cell.source}\n`,
    }));
    const copy = await used.jupyter.open(path.join(used.folder, "copy.ipynb"), copies);
    await copy.page.waitForSelector(stillPicture);
    const width = await copy.page.evaluate(`document.querySelector('${stillPicture}').naturalWidth`);
    assert.equal(width, 760);
    assert.match(await copy.cell(watchCell).innerText(), /finished after 200 iterations/);
    assert.ok((await copy.cell(watchCell).locator("mark").count()) > 0);
    await copy.screenshot(shot("untrusted"), watchCell);
    await copy.close();
  });

  it("ends as a still picture when it is interrupted, which ends Run All; the next cell then runs by itself", async () => {
    const notebook = await used.jupyter.open(path.join(used.folder, "interrupted.ipynb"), cells(6000));
    await notebook.runAll();
    await liveChart(notebook, 5);
    await notebook.interrupt();
    await notebook.finished();
    await notebook.page.waitForSelector(stillPicture);
    assert.match(await notebook.cell(watchCell).innerText(), /interrupted after \d+ iterations/);
    assert.ok((await notebook.outputs(watchCell)).every(({ output_type }) => output_type === "display_data"));
    assert.deepEqual(await notebook.outputs(lastCell), []);
    await notebook.run(lastCell);
    assert.match(
      (await notebook.outputs(lastCell))[0].text ?? "",
      /^interrupted \d+ interrupted after \d+ iterations/,
    );
    await notebook.close();
  });

  it("is a still picture from the beginning where the server has no plotly.js, and is renewed all the same", async () => {
    const elsewhere = await mkdtemp(path.join(os.tmpdir(), "palimpsest-elsewhere-"));
    const other = await Jupyter.start({ root: elsewhere });
    try {
      const notebook = await other.open("run.ipynb", cells(200));
      await notebook.runAll();
      const source = `document.querySelector('${stillPicture}')?.src`;
      await notebook.page.waitForFunction(source);
      const early = await notebook.page.evaluate(source);
      await notebook.page.waitForFunction(`${source} && ${source} !== ${JSON.stringify(early)}`);
      assert.equal(await notebook.page.locator(".js-plotly-plot").count(), 0);
      await notebook.finished();
      await notebook.close();
    } finally {
      await other.stop();
      await rm(elsewhere, { recursive: true });
    }
  });
});

const stillPicture = '.jp-OutputArea-output img[alt^="Training at iteration"]';

/** The chart in the page, once its first line has at least so many points. */
async function liveChart(
  { page }: NotebookPage,
  points: number,
): Promise<{ charts: number; points: number; nodes: number }> {
  await page.waitForFunction(`document.querySelector('.js-plotly-plot')?.data?.[0].x.length >= ${points}`);
  return page.evaluate(`(() => {
    const chart = document.querySelector(".js-plotly-plot");
    const charts = document.querySelectorAll(".js-plotly-plot").length;
    return { charts, points: chart.data[0].x.length, nodes: chart.querySelectorAll("*").length };
  })()`);
}

function shot(name: string): string {
  return path.join(".cache", "screenshots", `live-chart-${name}.png`);
}
