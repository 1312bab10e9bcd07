import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { realBooks } from "../text/shared";
import { folder as serveFolder, serve, type Server } from "../text/server";
import { Jupyter, missing } from "./driven/jupyter";
import type { Cell, NotebookPage } from "./driven/notebook-page";

const project = path.resolve(__dirname, "../..");

describe("the notebooks, with real books, in JupyterLab in a browser", function () {
  this.timeout(400_000);
  let jupyter: Jupyter;
  let mirror: Server;
  let scratch: string;

  before(async function () {
    const why = missing();
    if (why) {
      console.log(`      skipped: ${why}`);
      this.skip();
    }
    mirror = await serve(serveFolder(realBooks(this)));
    process.env.GUTENBERG_MIRROR = mirror.url;
    scratch = await mkdtemp(path.join("data", "test-"));
    jupyter = await Jupyter.start();
  });

  after(async () => {
    delete process.env.GUTENBERG_MIRROR;
    await jupyter?.stop();
    await mirror?.close();
    if (scratch) await rm(scratch, { recursive: true });
  });

  it("train a poet on four novels, with a chart that grows while the cell runs", async () => {
    const settings = `Object.assign(params, { neurons: 48, layers: 1, iterations: 900 });
Object.assign(options, { checkpoints: "${scratch}/run", sampleEvery: 300 });`;
    const [notebook, cells] = await open("02-train-a-poet", settings);
    const watched = cells.findIndex(({ source }) => source.startsWith("const record = await watch("));
    await notebook.runAll();
    const points = (least: number) =>
      notebook.page.waitForFunction(
        `document.querySelector(".js-plotly-plot")?.data?.[0].x.length >= ${least}`,
      );
    await points(4);
    await notebook.screenshot(shot("poet-running"), watched);
    await points(12);
    await notebook.finished();
    assert.deepEqual(await errorsIn(notebook, cells), []);

    const texts = (await notebook.outputs(watched)).map(({ data }) => String(data?.["text/plain"]));
    assert.match(texts.join("\n"), /finished after 900 iterations.*in validation/s);
    assert.equal(await notebook.page.locator(".js-plotly-plot").count(), 0);
    await notebook.screenshot(shot("poet"), watched);
    const written = cells.findIndex(({ source }) => source.startsWith("const prompt"));
    await notebook.screenshot(shot("poet-written"), written);
    await notebook.close();
  });

  it("show what a network copied, in the colours of the books", async () => {
    const settings = `Object.assign(params, { neurons: 96, layers: 1, iterations: 1200, batchSize: 16, learningRate: 0.02 });
Object.assign(options, { sampleEvery: 600 });`;
    // So few pages, and so low a temperature, that it copies a lot.
    const smaller = (source: string) =>
      source
        .replace("const pages = 10_000", "const pages = 2_500")
        .replace("temperature: 0.5, seed", "temperature: 0.4, seed");
    const [notebook, cells] = await open("03-under-the-lens", settings, smaller);
    await notebook.runAll();
    await notebook.finished();
    assert.deepEqual(await errorsIn(notebook, cells), []);
    const shown = cells.findIndex(({ source }) => source.includes("showOverlay(traced)"));
    await notebook.screenshot(shot("lens"), shown);
    assert.ok((await notebook.cell(shown).locator("mark").count()) > 0);
    const code = [...cells.keys()].filter((index) => cells[index].type === "code");
    const kept = await Promise.all(code.map((index) => notebook.outputs(index)));
    const html = kept.flat().map(({ data }) => data?.["text/html"] ?? "");
    const marks = html.join("").match(/<mark [^>]*/g) ?? [];
    const colors = new Set(marks.map((mark) => /background-color:(#\w+)/.exec(mark)?.[1]));
    assert.ok(
      marks.length > 10 && colors.size > 1,
      `${marks.length} passages in the colours ${[...colors].join(" ")}`,
    );
    await notebook.close();
  });

  /** Opens a copy of a notebook without outputs, its cell of params followed by other settings. */
  async function open(
    name: string,
    settings: string,
    edit = (source: string) => source,
  ): Promise<[NotebookPage, Cell[]]> {
    const file = path.join(project, "notebooks", `${name}.ipynb`);
    const { cells } = JSON.parse(await readFile(file, "utf8")) as {
      cells: { cell_type: Cell["type"]; source: string | string[]; metadata: { quick?: string } }[];
    };
    const copied = cells.map(({ cell_type: type, source, metadata }) => {
      const text = edit([source].flat().join(""));
      return { type, source: metadata.quick ? `${text}\n${settings}` : text };
    });
    return [await jupyter.open(path.join(scratch, `${name}.ipynb`), copied), copied];
  }
});

/** What failing cells said. */
async function errorsIn(notebook: NotebookPage, cells: readonly Cell[]): Promise<string[]> {
  const errors: string[] = [];
  for (const [index, { type }] of cells.entries()) {
    if (type !== "code") continue;
    for (const output of await notebook.outputs(index)) {
      if (output.output_type === "error") errors.push(output.traceback?.join("\n") ?? "");
    }
  }
  return errors;
}

function shot(name: string): string {
  return path.join(project, ".cache", "screenshots", `notebook-${name}.png`);
}
