import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { ask, display, inNotebook } from "../../lib/show/notebook";
import type { Kernel } from "../../lib/show/kernel";

/** Runs a script in a process of its own, as in a terminal, with `input` typed in. */
function terminal(script: string, input = "") {
  const args = [
    "--require",
    "tsx/cjs",
    "--eval",
    `const notebook = require("./lib/show/notebook");\n${script}`,
  ];
  return spawnSync(process.execPath, args, { input, encoding: "utf8" });
}

describe("in a notebook", () => {
  const seam = Symbol.for("palimpsest.kernel");
  const told: unknown[][] = [];
  const kernel: Kernel = {
    display: (...given) => void told.push(given),
    ask: async (prompt) => `answer to ${prompt}`,
  };
  before(() => Object.assign(globalThis, { [seam]: kernel }));
  after(() => delete (globalThis as { [key: symbol]: unknown })[seam]);

  it("display() hands all forms to the kernel, and updates what it has shown", () => {
    const shown = display({ "text/plain": "a", "text/html": "<b>a</b>" });
    shown.update({ "text/plain": "b" });
    const [[first, options], [second, update]] = told as [[object, { id: string }], [object, object]];
    assert.deepEqual(first, { "text/plain": "a", "text/html": "<b>a</b>" });
    assert.deepEqual(second, { "text/plain": "b" });
    assert.deepEqual(update, { ...options, update: true });
    assert.ok(inNotebook());
  });

  it("each display() has an id of its own", () => {
    told.length = 0;
    display({ "text/plain": "a" });
    display({ "text/plain": "a" });
    const [first, second] = told.map(([, options]) => (options as { id: string }).id);
    assert.notEqual(first, second);
  });

  it("ask() asks the kernel", async () => {
    assert.equal(await ask("Poet? "), "answer to Poet? ");
  });
});

describe("in a terminal", () => {
  it("display() prints the plain text, and again where it has changed", () => {
    const { stdout } = terminal(`
      const shown = notebook.display({ "text/plain": "0 %", "text/html": "<progress>" });
      shown.update({ "text/plain": "0 %" });
      shown.update({ "text/plain": "100 %" });
      console.log(notebook.inNotebook());
    `);
    assert.equal(stdout, "0 %\n100 %\nfalse\n");
  });

  it("ask() reads a line for each question", () => {
    const { stdout } = terminal(
      `void (async () => {
         const poet = await notebook.ask("Poet? ");
         console.log([poet, await notebook.ask("Title? ")].join());
       })();`,
      "Ann\nThe Sea\n",
    );
    assert.equal(stdout, "Poet? Title? \nAnn,The Sea\n");
  });

  it("ask() throws where the input has ended", () => {
    const { status, stderr } = terminal(`void notebook.ask("Poet? ");`);
    assert.equal(status, 1);
    assert.match(stderr, /Error: The input ended before an answer to `Poet\? `/);
  });
});
