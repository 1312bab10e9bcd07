import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { kernelDiagnostics } from "../../../setup/checks/kernel-types";
import { temporaryFolder } from "../machine";

describe("kernelDiagnostics", () => {
  it("is content with what tslab compiles", function () {
    const folder = temporaryFolder(this);
    fs.writeFileSync(
      path.join(folder, "fine.ts"),
      'import fs from "node:fs";\nexport const exists = fs.existsSync("a");\n',
    );
    assert.equal(kernelDiagnostics(process.cwd(), folder), "");
  });

  it("finds what only newer compilers take", function () {
    const folder = temporaryFolder(this);
    fs.writeFileSync(path.join(folder, "newer.ts"), "export const sorted = [2, 1].toSorted();\n");
    assert.match(
      kernelDiagnostics(process.cwd(), folder),
      /newer\.ts\(1,30\): error TS\d+: Property 'toSorted'/,
    );
  });
});
