import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import path from "node:path";
import { projectRoot, TestKernel } from "./client";

describe("the library in a notebook", () => {
  let kernel: TestKernel;
  before(async () => {
    kernel = await TestKernel.start();
  });
  after(() => kernel.stop());

  it("compiles under tslab's TypeScript and loads, file by file", async () => {
    const files = readdirSync(path.join(projectRoot, "lib"), { recursive: true, encoding: "utf8" });
    const imports = files
      .filter((file) => file.endsWith(".ts"))
      .map((file, index) => `import * as file${index} from "./lib/${file.slice(0, -".ts".length)}";`);
    const { reply, traceback } = await kernel.execute(`${imports.join("\n")}\nfile0;`);
    assert.equal(reply.status, "ok", traceback);
  });

  it("is imported by its one door", async () => {
    const { stdout, traceback } = await kernel.execute(
      'import { TextLibrary, train, trace, watch } from "./lib"; console.log([TextLibrary, train, trace, watch].map((each) => typeof each).join(" "));',
    );
    assert.equal(stdout, "function function function function\n", traceback);
  });
});
