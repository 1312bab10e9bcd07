import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { chooseNotebooks, executeNotebook } from "../../setup/notebooks";
import { temporaryFolder } from "./machine";

const project = process.cwd();

/** Writes a notebook with these cells, the first of them with this metadata, and returns its file. */
function notebook(folder: string, cells: string[], metadata = {}): string {
  const file = path.join(folder, "small.ipynb");
  const content = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { name: "tslab", display_name: "TypeScript (tslab)", language: "typescript" } },
    cells: cells.map((source, index) => ({
      cell_type: "code",
      id: `cell-${index}`,
      metadata: index === 0 ? metadata : {},
      execution_count: null,
      outputs: [],
      source,
    })),
  };
  fs.writeFileSync(file, JSON.stringify(content));
  return file;
}

function outputs(file: string): string {
  const { cells } = JSON.parse(fs.readFileSync(file, "utf8")) as {
    cells: { outputs: { text: string[] }[] }[];
  };
  return cells.flatMap((cell) => cell.outputs.flatMap((output) => output.text)).join("");
}

describe("chooseNotebooks", () => {
  const names = ["01-a-library.ipynb", "02-train.ipynb"];

  it("chooses all where nobody names one", () => {
    assert.deepEqual(chooseNotebooks(names, []), names);
  });

  it("chooses by a part of the name or by the path", () => {
    assert.deepEqual(chooseNotebooks(names, ["02"]), ["02-train.ipynb"]);
    assert.deepEqual(chooseNotebooks(names, ["notebooks/02-train.ipynb", "library"]), [
      "02-train.ipynb",
      "01-a-library.ipynb",
    ]);
  });

  it("refuses a name that no notebook has, and lists those that there are", () => {
    assert.throws(
      () => chooseNotebooks(names, ["03"]),
      /got "03"\.\n→ There are 01-a-library\.ipynb, 02-train\.ipynb\./,
    );
  });
});

describe("executeNotebook", () => {
  const cells = ["let iterations: number = 1000;", "console.log(iterations, process.cwd())"];
  const metadata = { quick: "iterations = 3;" };

  it("writes the outputs of all cells, run at the project's root", async function () {
    const folder = temporaryFolder(this);
    const source = notebook(folder, cells, metadata);
    const target = path.join(folder, "out", "small.ipynb");
    await executeNotebook(project, source, target);
    assert.equal(outputs(target), `1000 ${project}\n`);
    assert.equal(outputs(source), "");
  });

  it("takes the small settings of the cells' metadata where it is to be quick", async function () {
    const folder = temporaryFolder(this);
    const source = notebook(folder, cells, metadata);
    const target = path.join(folder, "out", "small.ipynb");
    await executeNotebook(project, source, target, { quick: true });
    assert.equal(outputs(target), `3 ${project}\n`);
  });

  it("writes into the notebook itself, and leaves nothing beside it", async function () {
    const folder = temporaryFolder(this);
    const source = notebook(folder, ['console.log("here")']);
    await executeNotebook(project, source, source);
    assert.equal(outputs(source), "here\n");
    assert.deepEqual(fs.readdirSync(folder), ["small.ipynb"]);
  });

  it("names the cell that throws, shows its code and its error, and leaves the notebook as it was", async function () {
    const throwing = ["const a = 1;", 'throw new Error("no such book");', "console.log(a)"];
    const source = notebook(temporaryFolder(this), throwing);
    const before = fs.readFileSync(source, "utf8");
    await assert.rejects(
      executeNotebook(project, source, source),
      /Cell 2 failed:[^]*throw new Error[^]*no such book/,
    );
    assert.equal(fs.readFileSync(source, "utf8"), before);
  });

  it("fails where a cell does not compile", async function () {
    const source = notebook(temporaryFolder(this), ['const count: number = "many";']);
    await assert.rejects(
      executeNotebook(project, source, source),
      /Cell 1 failed:[^]*not assignable to type 'number'/,
    );
  });

  it("fails where the kernel dies", async function () {
    const source = notebook(temporaryFolder(this), ['process.kill(process.pid, "SIGKILL");']);
    await assert.rejects(executeNotebook(project, source, source), /The kernel died in cell 1/);
  });
});
