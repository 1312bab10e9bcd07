import assert from "node:assert/strict";
import type { BrowserContext } from "playwright-core";
import { skipWithout } from "../missing";
import { FirefoxPage, firefoxPath } from "./driven/firefox";
import type { NotebookPage, Output } from "./driven/notebook-page";
import { cellsThere, Site } from "./driven/site";

describe("the site of the notebooks, in Chromium", function () {
  this.timeout(900_000);
  let site: Site;
  let visitor: BrowserContext;

  before(async function () {
    site = await Site.start(this);
  });
  beforeEach(async () => {
    visitor = await site.visitor();
  });
  afterEach(() => visitor?.close());
  after(() => site?.stop());

  /** Writes a cell anew, runs it and waits for its end; what it put out, as text. */
  async function tried(notebook: NotebookPage, cell: number, source: string): Promise<string> {
    await notebook.page.evaluate(
      `window.jupyterapp.shell.currentWidget.content.widgets[${cell}].model.sharedModel.setSource(${JSON.stringify(source)})`,
    );
    await notebook.run(cell);
    return told(notebook, cell);
  }

  async function told(notebook: NotebookPage, cell: number): Promise<string> {
    const outputs = await notebook.outputs(cell);
    return outputs
      .map(({ text, data, traceback }) => text ?? data?.["text/plain"] ?? traceback?.join("\n") ?? "")
      .join("\n");
  }

  it("answers cells as the kernel in JupyterLab does", async () => {
    const notebook = await site.open(visitor, "02-train-a-poet.ipynb");
    assert.equal(await tried(notebook, 1, "1 + 1"), "2");
    assert.equal(
      await tried(notebook, 1, "const a: number = 1; console.log(await Promise.resolve(a))"),
      "1\n",
    );
    assert.equal(await tried(notebook, 1, 'const a = "again"; a'), "again");
    assert.match(await tried(notebook, 1, "const b: string = 1;"), /cell\[4\]\.ts:1:7 Type 'number'/);
    assert.match(await tried(notebook, 1, "let c = 1;\nnull!.c;"), /cell\[5\]\.ts:2:/);
    assert.match(
      await tried(notebook, 1, "function f() {\n  throw new Error(`no ${a}`);\n}\nf();"),
      /no again[^]*cell\[6\]\.ts:2:[^]*cell\[6\]\.ts:4:/,
    );
    assert.equal(
      await tried(notebook, 1, 'import { Vocabulary } from "./lib"; Vocabulary.of(["ab"]).size'),
      "3",
    );
    assert.equal(
      await tried(notebook, 1, 'import { random } from "./lib/microlstm"; random(1)() < 1'),
      "true",
    );
    assert.match(await tried(notebook, 1, 'import "left-pad"'), /Cannot find module|no other packages/);
    assert.equal((await completions(notebook, "Vocabulary.o"))[0], "of");
    assert.match(await inspection(notebook, "Vocabulary"), /class Vocabulary/);
    assert.deepEqual(site.outside, []);
  });

  it("runs a cell that is started before the notebook has its kernel, and asks for none", async () => {
    const notebook = await site.open(visitor, "02-train-a-poet.ipynb");
    const answers = await Promise.all([
      tried(notebook, 1, "1 + 1"),
      notebook.cell(1).getByText("[*]").waitFor(),
    ]);
    assert.equal(answers[0], "2");
    assert.equal(await notebook.page.locator(".jp-Dialog").count(), 0);
    const kernels = "[...window.jupyterapp.serviceManager.kernels.running()].length";
    assert.equal(await notebook.page.evaluate(kernels), 1);
  });

  it("asks and is answered", async () => {
    const notebook = await site.open(visitor, "02-train-a-poet.ipynb");
    const answer = tried(notebook, 1, 'import { ask } from "./lib"; `Good day, ${await ask("Who? ")}`');
    const field = notebook.page.locator("input.jp-Stdin-input");
    await field.fill("Ada", { timeout: 180_000 });
    await field.press("Enter");
    assert.match(await answer, /Good day, Ada/);
  });

  it("ends a cell that waits at an interrupt, and keeps its variables", async () => {
    const notebook = await site.open(visitor, "02-train-a-poet.ipynb");
    await tried(notebook, 1, "let n = 0;");
    const looping = tried(
      notebook,
      1,
      'console.log("begun"); while (true) { n++; await new Promise((resolve) => setTimeout(resolve, 5)); }',
    );
    await notebook.cell(1).getByText("begun").last().waitFor();
    await notebook.interrupt();
    assert.match(await looping, /KeyboardInterrupt/);
    assert.equal(await tried(notebook, 1, "n > 0"), "true");
  });

  it("reads files that were uploaded, and keeps those that cells write", async () => {
    const notebook = await site.open(visitor, "02-train-a-poet.ipynb");
    await tried(notebook, 1, 'import { readFileSync, writeFileSync, mkdirSync } from "node:fs";');
    await notebook.page.evaluate(
      `window.jupyterapp.serviceManager.contents.save("data/mine.txt", { type: "file", format: "text", content: "Ein Mühlrad" })`,
    );
    assert.equal(await tried(notebook, 1, 'readFileSync("data/mine.txt", "utf8")'), "Ein Mühlrad");
    await tried(
      notebook,
      1,
      'mkdirSync("data/made"); writeFileSync("data/made/bytes.bin", Uint8Array.of(0, 200, 7));',
    );
    const stored = `window.jupyterapp.serviceManager.contents.get("data/made/bytes.bin", { content: true }).then(({ content }) => content, () => undefined)`;
    const bytes = Buffer.from([0, 200, 7]).toString("base64");
    // `waitForFunction` would take the promise for the answer.
    await notebook.page.evaluate(
      `(async () => { while ((await ${stored}) !== "${bytes}") await new Promise((resolve) => setTimeout(resolve, 50)); })()`,
    );
    const later = await site.open(visitor, "05-a-dialogue.ipynb");
    const read = 'import { readFileSync } from "node:fs"; [...readFileSync("data/made/bytes.bin")].join()';
    await tried(later, 1, read); // Which may end before a page that has just been opened has its kernel.
    await later.cell(1).getByText("0,200,7").waitFor();
  });

  it("trains a poet in notebook 02 with chart and overlay, is interrupted, goes on and is trained again", async () => {
    const before = site.sent;
    const begun = performance.now();
    const notebook = await site.open(visitor, "02-train-a-poet.ipynb");
    await notebook.run(1);
    console.log(`      first cell done after ${Math.round(performance.now() - begun)} ms`);
    for (const cell of [3, 4, 5]) await notebook.run(cell);
    assert.match(await told(notebook, 5), /as WebAssembly/);
    const megabytes = (site.sent - before) / 1e6;
    console.log(`      ${megabytes.toFixed(1)} MB sent`);
    assert.ok(megabytes <= 15, `${megabytes} MB`);
    const training = notebook.run(7);
    const words = notebook.cell(7);
    await words.locator('img[alt^="Training at iteration"]').waitFor({ timeout: 300_000 });
    await words
      .getByText(/temperature 0.7, iteration 100/)
      .first()
      .waitFor({ timeout: 600_000 });
    await notebook.interrupt();
    await training;
    assert.match(await words.innerText(), /interrupted after \d+ iterations/);
    await notebook.run(7);
    assert.match(await words.innerText(), /finished after 400 iterations/);
    await notebook.run(10);
    assert.match(await notebook.cell(10).innerText(), /finished after 450 iterations/);
    await notebook.run(12);
    assert.match(await notebook.cell(12).innerText(), /It was a truth/);
    await notebook.run(5);
    await notebook.run(7);
    assert.match(await words.innerText(), /finished after 400 iterations/);
    assert.deepEqual(site.outside, []);
  });

  it("talks in notebook 05, one answer after the other, until it hears bye", async () => {
    const notebook = await site.open(visitor, "05-a-dialogue.ipynb");
    for (const cell of [1, 2]) await notebook.run(cell);
    await tried(notebook, 6, "Object.assign(params, { iterations: 30 }); options.sampleEvery = 30;");
    for (const cell of [3, 4]) await notebook.run(cell);
    const talking = notebook.run(12);
    for (const words of ["Who is there?", "", "temperature=1", "Is it raining?", "bye"])
      await answer(notebook, 12, words);
    await talking;
    const text = await told(notebook, 12);
    for (const heard of [
      "> Who is there? ·",
      "> … ·",
      "From now on, temperature=1.",
      "> Is it raining? ·",
      "Goodbye!",
    ])
      assert.ok(text.includes(heard), `${heard} in: ${text}`);
    assert.deepEqual(site.outside, []);
  });

  it("runs notebook 03 to its end", async () => {
    const notebook = await site.open(visitor, "03-under-the-lens.ipynb");
    await notebook.runAll();
    await notebook.finished();
    const cells = await notebook.page.evaluate<
      { cell_type: string; execution_count: number | null; outputs: { output_type: string }[] }[]
    >("window.jupyterapp.shell.currentWidget.content.model.toJSON().cells");
    const code = cells.filter(({ cell_type }) => cell_type === "code");
    assert.deepEqual(
      code.map(({ execution_count }) => execution_count),
      code.map((_, index) => index + 1),
    );
    assert.ok(code.every(({ outputs }) => outputs.every(({ output_type }) => output_type !== "error")));
    assert.deepEqual(site.outside, []);
  });

  it("says once, in the first cell, that it computes in plain JavaScript where a browser has no WebAssembly", async () => {
    await visitor.route("**/begin.js", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: `self.WebAssembly = undefined;${await response.text()}` });
    });
    const notebook = await site.open(visitor, "02-train-a-poet.ipynb");
    const slow = /^Computed by plain JavaScript, tens of times slower than by WebAssembly[^]*\n2$/;
    assert.match(await tried(notebook, 1, "1 + 1"), slow);
    assert.equal(await tried(notebook, 1, "1 + 1"), "2");
  });

  it("runs cells in Firefox, too, where a network computes as WebAssembly", async function () {
    const program = firefoxPath();
    if (!program) skipWithout("firefox", "apt-get install firefox-esr brings it on Debian", this);
    const firefox = await FirefoxPage.start(program);
    try {
      await firefox.open(site.addressOf("02-train-a-poet.ipynb"));
      await firefox.waitFor(cellsThere);
      for (const cell of [1, 3, 4, 5]) await runIn(firefox, cell);
      assert.match(await runIn(firefox, 5), /computed by operations of our own in C\+\+, as WebAssembly/);
    } finally {
      await firefox.close();
    }
  });
});

/** Runs a cell, and waits for its end; what it printed. */
async function runIn(firefox: FirefoxPage, cell: number): Promise<string> {
  const content = "window.jupyterapp.shell.currentWidget.content";
  const run = `${content}.activeCellIndex = ${cell}; window.jupyterapp.commands.execute("notebook:run-cell")`;
  const outputs = `${content}.widgets[${cell}].model.sharedModel.toJSON().outputs`;
  const told = await firefox.evaluate<string>(`${run}.then(() => JSON.stringify(${outputs}))`);
  return (JSON.parse(told) as Output[]).map(({ text = "" }) => text).join("");
}

/** Answers the next question of a cell, and waits until its field is gone: the one that comes after it looks the same. */
async function answer(notebook: NotebookPage, cell: number, words: string): Promise<void> {
  const field = await notebook.cell(cell).locator("input.jp-Stdin-input").elementHandle({ timeout: 180_000 });
  await field!.fill(words);
  await field!.press("Enter");
  await field!.waitForElementState("hidden");
}

function asked(notebook: NotebookPage, type: string, code: string): Promise<Record<string, unknown>> {
  const content = JSON.stringify({ code, cursor_pos: code.length, detail_level: 0 });
  return notebook.page.evaluate(
    `window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.${type}(${content}).then(({ content }) => content)`,
  );
}

async function completions(notebook: NotebookPage, code: string): Promise<string[]> {
  return (await asked(notebook, "requestComplete", code)).matches as string[];
}

async function inspection(notebook: NotebookPage, code: string): Promise<string> {
  const { data } = (await asked(notebook, "requestInspect", code)) as { data: Record<string, string> };
  return data["text/plain"];
}
