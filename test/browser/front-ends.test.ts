import assert from "node:assert/strict";
import path from "node:path";
import { useJupyter } from "./driven/jupyter";
import type { Cell } from "./driven/notebook-page";

const cells: readonly Cell[] = [
  { type: "code", source: "let seen = 1; console.log('first');" },
  { type: "code", source: "seen" },
];

describe("several front ends of one kernel, in JupyterLab in a browser", function () {
  this.timeout(180_000);
  const used = useJupyter();

  it("add nothing to the outputs of the notebook: a second tab, and a console", async () => {
    const file = path.join(used.folder, "shared.ipynb");
    const first = await used.jupyter.open(file, cells);
    await first.runAll();
    await first.finished();
    const second = await used.jupyter.open(file);
    await second.kernelReady();
    await second.page.evaluate("window.jupyterapp.commands.execute('notebook:create-console')");
    await second.page.waitForSelector(".jp-CodeConsole-banner", { state: "attached" });
    await first.run(1);
    const outputs = await Promise.all([0, 1].map((cell) => first.outputs(cell)));
    assert.deepEqual(
      outputs
        .flat()
        .map(({ output_type, name, text, data }) => [output_type, name, text ?? data?.["text/plain"]]),
      [
        ["stream", "stdout", "first\n"],
        ["execute_result", undefined, "1"],
      ],
    );
    assert.equal(await second.page.locator('[data-mime-type="application/vnd.jupyter.stderr"]').count(), 0);
    await second.page.close();
    await first.close();
  });
});
