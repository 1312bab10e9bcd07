import assert from "node:assert/strict";
import path from "node:path";
import { useJupyter } from "./driven/jupyter";
import type { Cell, NotebookPage } from "./driven/notebook-page";

/** Sentences of few words, as many as asked for: a text that a small network soon knows by heart. */
const sentences = `const sentences = (count: number) => Array.from({ length: count }, (_, index) => {
  const [who, does] = [["The cat", "A gull", "The old lamp"], ["waits by the door", "sings over the harbour", "goes out at noon"]];
  return who[(index * index) % 3] + " " + does[(index * index * 2 + index) % 3] + ".";
}).join("\\n");`;

/** A training of one's own, as a notebook has it: made, watched, shown once more. */
const training: readonly Cell[] = [
  {
    type: "code",
    source: `import { showTraining, TextLibrary, Training, watch } from "./lib";
${sentences}
const library = await TextLibrary.open([{ text: sentences(400), title: "Sentences" }]);
const small = { layers: 1, neurons: 16, steps: 16, batchSize: 4, iterations: 1_000_000, schedule: "constant" as const };
const training = await Training.start(library, small);`,
  },
  {
    type: "code",
    source: `await watch(training, { sampleEvery: 200, sampleLength: 100, validateEvery: 0, logEvery: 20 });`,
  },
  { type: "code", source: "showTraining(training);" },
];

const poet: readonly Cell[] = [
  {
    type: "code",
    source: `import { Poet, showOverlay, trace } from "./lib";
${sentences}`,
  },
  {
    type: "code",
    source: `const poet = await Poet.from({ text: sentences(12), title: "Twelve sentences" }, { layers: 1, neurons: 32 }, { pretrained: false });
await poet.train({ patience: 3 });`,
  },
  {
    type: "code",
    source: 'showOverlay(trace(" ".repeat(400), poet.training.library.training));',
  },
];

const [watched, again] = [1, 2];

describe("the states of a training, in JupyterLab in a browser", function () {
  this.timeout(240_000);
  const used = useJupyter();

  it("are told after ■, after the cell is run again, and after the page is loaded again", async () => {
    const notebook = await used.jupyter.open(path.join(used.folder, "states.ipynb"), training);
    await notebook.runAll();
    await chartWith(notebook, 5);
    await notebook.interrupt();
    await notebook.finished();
    const first = await notebook.cell(watched).innerText();
    const [, stopped] = /interrupted after ([\d,]+) iterations/.exec(first)!;
    assert.ok(first.includes(`Run the cell again to go on from iteration ${stopped};`), first);
    assert.deepEqual(await notebook.outputs(again), [], "■ ends Run All");

    await notebook.begin(watched);
    await chartWith(notebook, 5 + number(stopped) / 20);
    await notebook.interrupt();
    await notebook.finished();
    const outputs = await notebook.outputs(watched);
    assert.equal(outputs.length, 3, "one chart, one line, one place for samples");
    const chart = String(outputs[0].data?.["text/html"]);
    const [, reached] = /alt="Training at iteration ([\d,]+)/.exec(chart)!;
    assert.ok(number(reached) > number(stopped));

    await notebook.save();
    await notebook.reload();
    await notebook.page.waitForSelector('.jp-OutputArea-output img[alt^="Training at iteration"]');
    await notebook.kernelReady();
    await notebook.run(again);
    const shown = await notebook.cell(again).innerText();
    assert.ok(shown.includes(`stopped at iteration ${reached}`), shown);
    assert.ok(shown.includes(`\`await watch(training)\` goes on from iteration ${reached}.`), shown);
    await notebook.screenshot(path.join(".cache", "screenshots", "training-states-reload.png"), again);
    await notebook.close();
  });

  it("are told of a small text: its sizes, why it ended, whose weights it has, and no copy of blanks", async () => {
    const notebook = await used.jupyter.open(path.join(used.folder, "small.ipynb"), poet);
    await notebook.runAll();
    await notebook.finished();
    const text = await notebook.cell(watched).innerText();
    assert.match(text, /the network is that of iteration [\d,]+, the best in validation/);
    assert.match(text, /characters.*(steps|windows|batch)/s);
    const blanks = await notebook.cell(again).innerText();
    assert.match(blanks, /nothing of \d+ characters or more is copied/i);
    assert.equal(await notebook.cell(again).locator("mark").count(), 0);
    await notebook.screenshot(path.join(".cache", "screenshots", "training-states-small.png"), watched);
    await notebook.close();
  });
});

/** Waits until the first line of the live chart has at least so many points. */
async function chartWith({ page }: NotebookPage, points: number): Promise<void> {
  await page.waitForFunction(
    `document.querySelector('.js-plotly-plot')?.data?.[0].x.length >= ${points}`,
    undefined,
    {
      timeout: 120_000,
    },
  );
}

/** @example number("1,200") // 1200 */
function number(text: string): number {
  return Number(text.replaceAll(",", ""));
}
