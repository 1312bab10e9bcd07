import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { TextLibrary } from "../../lib/text/library";
import { Training } from "../../lib/train/training";
import { exportWeb } from "../../web/export";

describe("the folder of an exported page", () => {
  let place: string;
  before(async () => (place = await mkdtemp(path.join(os.tmpdir(), "palimpsest-web-"))));
  after(() => rm(place, { recursive: true }));

  it("takes the place of an older page, and of nothing else", async () => {
    const library = TextLibrary.ofTexts(["one short text", "and another one"]);
    const training = await Training.start(library, { neurons: 4, steps: 4, batchSize: 2 });
    const site = path.join(place, "site");
    await mkdir(site);
    await writeFile(path.join(site, "mine.txt"), "mine");
    await assert.rejects(exportWeb(training.model, library, site), /Expected no folder .*mine\.txt/);
    await rm(path.join(site, "mine.txt"));
    // As a page was exported once.
    for (const name of ["index.html", "network.palimpsest"]) await writeFile(path.join(site, name), "old");
    const files = await exportWeb(training.model, library, site);
    assert.deepEqual(await exportWeb(training.model, library, site), files);
    assert.deepEqual(
      files.map(({ name }) => name),
      (await readdir(site)).sort(),
    );
    assert.deepEqual(await readdir(place), ["site"]);
    training.dispose();
  });
});
