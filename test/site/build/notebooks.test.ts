import assert from "node:assert/strict";
import path from "node:path";
import { onSite, siteNotebooks, whole } from "../../../site/build/notebooks";

const project = path.resolve(__dirname, "../../..");
const cell = { cell_type: "code", source: ["const params = {\n", "  n: 9 };"], metadata: {} };

describe("the notebooks of the site", () => {
  it("take the site's settings below their own, and are trusted", () => {
    const { source, metadata } = onSite({
      ...cell,
      metadata: { site: "params.n = 1;", quick: "params.n = 2;" },
    });
    assert.equal(source, "const params = {\n  n: 9 };\n\nparams.n = 1;");
    assert.deepEqual(metadata, { trusted: true });
  });

  it("have other cells in place of those that need Node.js or Python", () => {
    const { source } = onSite({ ...cell, metadata: { site: 'instead:\nconsole.log("In JupyterLab.");' } });
    assert.equal(source, 'console.log("In JupyterLab.");');
  });

  it("have whole texts in place of lines, between which JupyterLite would put commas", () => {
    const outputs = [
      { data: { "text/html": ["<p>\n", "a</p>"], "application/json": { b: 1 } as never } },
      { text: ["c\n", "d"] },
    ];
    assert.deepEqual(whole({ ...cell, outputs }), {
      ...cell,
      source: "const params = {\n  n: 9 };",
      outputs: [{ data: { "text/html": "<p>\na</p>", "application/json": { b: 1 } } }, { text: "c\nd" }],
    });
  });

  it("say at their beginning where they compute something else than in JupyterLab", () => {
    const [whole, ...others] = siteNotebooks(project).map(({ text }) => JSON.parse(text).cells[0].source);
    assert.doesNotMatch(whole, /On this site/);
    for (const source of others) assert.match(source, /^# \d[^]*\n\n\*On this site\* a notebook computes/);
  });

  it("show no value below the cell of their settings, but what these are", () => {
    const cells = siteNotebooks(project).flatMap(
      ({ text }) => JSON.parse(text).cells as { source: string }[],
    );
    const settings = cells.filter(({ source }) => source.includes("Object.assign(params"));
    assert.ok(settings.length >= 9);
    for (const { source } of settings)
      assert.match(source, /\nconsole\.log\("This site computes in the browser[^"]+"\);$/);
  });

  it("are all there, and no settings of a test's are in them", () => {
    const notebooks = siteNotebooks(project);
    assert.ok(notebooks.length >= 12);
    assert.ok(notebooks.every(({ text }) => !text.includes('"quick":')));
    assert.ok(notebooks.some(({ text }) => text.includes("This site computes in the browser")));
  });
});
