import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { linkSolver } from "../../../setup/tensorflow/tensorflow";
import { temporaryFolder } from "../machine";

describe("linkSolver", () => {
  const solver = "libcusolver.so.11";
  const libraries = (folder: string, name: string) => path.join(folder, "nvidia", name, "lib");

  it("puts CUDA's solver into a folder in which TensorFlow looks for libraries, once", function () {
    const folder = temporaryFolder(this);
    for (const name of ["cusolver", "cusparse"]) fs.mkdirSync(libraries(folder, name), { recursive: true });
    fs.writeFileSync(path.join(libraries(folder, "cusolver"), solver), "the library");
    for (let time = 0; time < 2; time++) {
      linkSolver(folder);
      assert.equal(fs.readFileSync(path.join(libraries(folder, "cusparse"), solver), "utf8"), "the library");
    }
    assert.ok(!path.isAbsolute(fs.readlinkSync(path.join(libraries(folder, "cusparse"), solver))));
  });

  it("leaves a folder without CUDA alone", function () {
    const folder = temporaryFolder(this);
    linkSolver(folder);
    assert.deepEqual(fs.readdirSync(folder), []);
  });
});
