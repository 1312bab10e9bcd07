import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { isStamped, readStamp, writeStamp, writeWhole } from "../../setup/bare/stamp.mjs";
import { temporaryFolder } from "./machine";

describe("A stamp", () => {
  it("is missing until it is written, and makes its folder", function () {
    const file = path.join(temporaryFolder(this), "deep", "stamp.json");
    assert.equal(readStamp(file), undefined);
    assert.equal(isStamped(file, { version: 1 }), false);
    writeStamp(file, { version: 1 });
    assert.equal(isStamped(file, { version: 1 }), true);
  });

  it("does not hold for other ingredients", function () {
    const file = path.join(temporaryFolder(this), "stamp.json");
    writeStamp(file, { version: 1, list: ["a"] });
    assert.equal(isStamped(file, { version: 2, list: ["a"] }), false);
    assert.equal(isStamped(file, { version: 1, list: ["b"] }), false);
    assert.equal(isStamped(file, { version: 1 }), false);
  });

  it("counts as missing where the file is broken", function () {
    const file = path.join(temporaryFolder(this), "stamp.json");
    fs.writeFileSync(file, '{"version":');
    assert.equal(isStamped(file, { version: 1 }), false);
  });
});

describe("writeWhole", () => {
  it("replaces a file and leaves nothing beside it", function () {
    const folder = temporaryFolder(this);
    writeWhole(path.join(folder, "a.txt"), "one");
    writeWhole(path.join(folder, "a.txt"), "two");
    assert.equal(fs.readFileSync(path.join(folder, "a.txt"), "utf8"), "two");
    assert.deepEqual(fs.readdirSync(folder), ["a.txt"]);
  });
});
