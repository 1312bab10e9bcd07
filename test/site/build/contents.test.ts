import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { writeContents } from "../../../site/build/contents";

describe("the files of the site, as JupyterLite finds them", () => {
  it("are listed folder by folder, and lie below `files`", async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), "palimpsest-contents-"));
    try {
      await writeContents(folder, [
        { path: "notebooks/a.ipynb", text: "{}" },
        { path: "data/README.md", text: "Mühe" },
      ]);
      const list = async (name: string) => {
        const { content } = JSON.parse(
          await readFile(path.join(folder, "api/contents", name, "all.json"), "utf8"),
        );
        return (content as Record<string, unknown>[]).map(({ path, type, size }) => [path, type, size]);
      };
      assert.deepEqual(await list(""), [
        ["notebooks", "directory", null],
        ["data", "directory", null],
      ]);
      assert.deepEqual(await list("notebooks"), [["notebooks/a.ipynb", "notebook", 2]]);
      assert.deepEqual(await list("data"), [["data/README.md", "file", 5]]);
      assert.equal(await readFile(path.join(folder, "files/data/README.md"), "utf8"), "Mühe");
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
