import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { findOperations, findStandardError } from "../../lib/network/compiled";
import { temporaryFolder } from "../setup/machine";

describe("findOperations", () => {
  it("refuses what was compiled for another processor", function () {
    const folder = temporaryFolder(this);
    const built = { file: "a/palimpsest.node", processor: "x64 Other 000000000000" };
    fs.writeFileSync(path.join(folder, "built.json"), JSON.stringify(built));
    assert.throws(
      () => findOperations(folder),
      /compiled for another processor; `npm run setup` compiles them for this one/,
    );
  });
});

describe("findStandardError", () => {
  it("names the file that set-up has compiled, and none where there is no word of it that can be read", function () {
    const folder = temporaryFolder(this);
    assert.equal(findStandardError(folder), undefined);
    const stamp = path.join(folder, "stderr.json");
    fs.writeFileSync(stamp, JSON.stringify({ file: "stderr-1.node" }));
    assert.equal(findStandardError(folder), path.join(folder, "stderr-1.node"));
    fs.writeFileSync(stamp, '{ "file": "st');
    assert.equal(findStandardError(folder), undefined);
  });
});
