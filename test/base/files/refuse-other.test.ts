import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { refuseOther } from "../../../lib/base/files/refuse-other";

describe("refuseOther", () => {
  let place: string;

  before(async () => (place = await mkdtemp(path.join(os.tmpdir(), "palimpsest-other-"))));
  after(() => rm(place, { recursive: true }));

  async function folderWith(name: string, ...files: string[]): Promise<string> {
    const folder = path.join(place, name);
    await mkdir(folder);
    for (const file of files) await writeFile(path.join(folder, file), "");
    return folder;
  }

  it("lets what is not there, what is empty and what is older be replaced", async () => {
    const marks = ["index.html", ["network.js", "network.palimpsest"]];
    await refuseOther(path.join(place, "none"), marks);
    await refuseOther(await folderWith("empty"), marks);
    await refuseOther(await folderWith("older", "index.html", "network.palimpsest", "more.txt"), marks);
  });

  it("refuses what holds something else, and a file", async () => {
    const other = await folderWith("other", "index.html", "mine.txt");
    await assert.rejects(
      refuseOther(other, ["index.html", "network.js"]),
      /Expected no folder .*other, .*found/,
    );
    await assert.rejects(refuseOther(path.join(other, "mine.txt"), ["index.html"]), /ENOTDIR/);
  });
});
