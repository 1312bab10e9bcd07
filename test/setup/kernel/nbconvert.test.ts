import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { kernelName, kernelspec } from "../../../setup/kernel/kernelspec";
import { projectRoot } from "./client";

/** As a notebook holds it: what else there is depends on its type. */
interface Output {
  readonly output_type: string;
  readonly data?: object;
}

describe("a notebook that is executed by nbconvert", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "palimpsest-nbconvert-"));
    const spec = path.join(folder, "kernels", kernelName);
    mkdirSync(spec, { recursive: true });
    writeFileSync(path.join(spec, "kernel.json"), JSON.stringify(kernelspec()));
  });
  after(() => rmSync(folder, { recursive: true }));

  /** Executes a notebook of these cells; the outputs are those of each cell. */
  function execute(...sources: string[]) {
    const file = path.join(folder, "notebook.ipynb");
    const cells = sources.map((source, index) => ({
      cell_type: "code",
      id: `cell-${index}`,
      source,
      metadata: {},
      execution_count: null,
      outputs: [],
    }));
    const kernel = { name: kernelName, display_name: "TypeScript", language: "typescript" };
    const metadata = { kernelspec: kernel };
    writeFileSync(file, JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }));
    const jupyter = path.join(projectRoot, ".venv/bin/jupyter");
    const args = ["nbconvert", "--execute", "--to", "notebook", "--inplace", file];
    const env = { ...process.env, JUPYTER_PATH: folder };
    const { status, stderr } = spawnSync(jupyter, args, { cwd: folder, env, encoding: "utf8" });
    const notebook = JSON.parse(readFileSync(file, "utf8")) as { cells: { outputs: Output[] }[] };
    return { status, stderr, outputs: notebook.cells.map(({ outputs }) => outputs) };
  }

  it("ends with an error and the line where a cell fails", () => {
    const { status, stderr } = execute(
      "const lines = ['a'];",
      "const first: string = lines[0];\nif (first === 'a') throw new Error('no verse');",
      "console.log('not reached');",
    );
    assert.equal(status, 1);
    assert.match(stderr, /no verse/);
    assert.match(stderr, /2 \| if \(first === 'a'\) throw new Error\('no verse'\);/);
  });

  it("holds its outputs where all goes well", () => {
    const { status, stderr, outputs } = execute("console.log('verse');", "1 + 1");
    assert.equal(status, 0, stderr);
    assert.deepEqual(outputs[0], [{ output_type: "stream", name: "stdout", text: ["verse\n"] }]);
    assert.deepEqual(outputs[1][0].data, { "text/plain": ["2"] });
  });
});
