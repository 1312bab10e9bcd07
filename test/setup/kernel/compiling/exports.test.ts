import assert from "node:assert/strict";
import { withoutExports } from "../../../../setup/kernel/compiling/exports";
import { TestKernel } from "../client";

describe("withoutExports(source)", () => {
  it("has spaces where a declaration is exported, so that lines and columns stay", () => {
    const source = `/** Says "export". */\nexport const a = 1;\nexport async function* b() {}\nexport type C = "export ";`;
    assert.equal(withoutExports(source), source.replace(/^export/gm, "      "));
  });

  it("leaves other exports and other words as they are", () => {
    const source = `export { a };\nexport default 1;\nconst exported = "export const a";\nexports.b = 2;`;
    assert.equal(withoutExports(source), source);
  });
});

describe("a cell that exports", () => {
  let kernel: TestKernel;
  before(async () => {
    kernel = await TestKernel.start();
  });
  after(() => kernel.stop());

  it("declares what it says for the cells after it, and may run again", async () => {
    const cell =
      "export interface Pair { one: number }\nexport const pair: Pair = { one: 1 };\nexport function two() { return pair.one + 1; }";
    for (let run = 0; run < 2; run++) {
      const { reply, traceback } = await kernel.execute(cell);
      assert.equal(reply.status, "ok", traceback);
      const { stdout } = await kernel.execute(
        "const other: Pair = { one: two() }; console.log(other.one, pair.one);",
      );
      assert.equal(stdout, "2 1\n");
    }
  });
});
