import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { mapStrips } from "../../lib/show/map/strip";
import { saveMap } from "../../lib/show/page/save-map";
import { one, other } from "../show/map/made-up-map";
import { firstOutputs, violationsOf } from "./driven/axe";
import { pictures, startChromium } from "./driven/chromium";
import { useJupyter } from "./driven/jupyter";

const maps = [
  { label: "no dropout", map: one },
  { label: "dropout 0.3", map: other },
];
const themes = { light: ["#ffffff", "#222222"], dark: ["#111111", "#dddddd"] } as const;

describe("the map of a book in a browser", function () {
  let browser: Browser;
  let folder: string;

  before(async function () {
    browser = await startChromium(this);
    folder = await mkdtemp(path.join(os.tmpdir(), "palimpsest-map-"));
  });
  after(async () => {
    await browser?.close();
    if (folder) await rm(folder, { recursive: true });
  });

  for (const [name, [ground, ink]] of Object.entries(themes)) {
    it(`has no violation that axe-core finds on a ${name} page, without a script`, async () => {
      const page = await browser.newPage({ viewport: { width: 840, height: 700 } });
      await page.setContent(
        `<!doctype html><html lang="en"><head><title>A page</title></head><body style="background:${ground};color:${ink}">` +
          `<main><h1>A page</h1>${mapStrips(maps)}</main></body></html>`,
      );
      await page.evaluate("document.querySelector('details').open = true");
      await page.screenshot({ path: path.join(pictures, `map-${name}.png`), fullPage: true });
      assert.deepEqual(await violationsOf(page), []);
      await page.close();
    });

    it(`is walked through by keys and clicks on a saved page, ${name}`, async () => {
      const file = path.join(folder, "map.html");
      await saveMap(maps, file);
      const page = await browser.newPage({
        colorScheme: name as "light" | "dark",
        viewport: { width: 1000, height: 800 },
      });
      await page.goto(pathToFileURL(file).href);
      const [first, second] = await page.getByRole("slider").all();
      await first.focus();
      for (const key of [
        "ArrowRight",
        "ArrowRight",
        "End",
        "Home",
        "PageUp",
        "ArrowLeft",
        "ArrowLeft",
        "ArrowLeft",
        "ArrowLeft",
      ])
        await page.keyboard.press(key);
      assert.equal(
        await first.getAttribute("aria-valuetext"),
        "50% of the book, line 2: 37 characters word for word",
      );
      const told = page.locator("[data-walk]");
      assert.equal(await told.locator("mark").first().innerText(), "in possession of a good fortune,\nmust");
      assert.match(await told.innerText(), /^no dropout · 50% .*\n[^]*dropout 0\.3 · 50% /);
      const box = (await second.boundingBox())!;
      await page.mouse.click(box.x + (box.width * 9.5) / 12, box.y + 5);
      assert.match((await first.getAttribute("aria-valuetext"))!, /^75% of the book/);
      assert.equal(await told.locator("mark").nth(1).innerText(), "e,\nmust be i");
      await page.screenshot({ path: path.join(pictures, `map-page-${name}.png`), fullPage: true });
      assert.deepEqual(await violationsOf(page), []);
      await page.close();
    });
  }
});

describe("the map of a book in JupyterLab", function () {
  this.timeout(180_000);
  const used = useJupyter();

  it("is walked through by keys and clicks, and has no violation that axe-core finds in either theme", async () => {
    const source =
      'import { showMap } from "./lib/show";\nimport { one, other } from "./test/show/map/made-up-map";\n' +
      'showMap([{ label: "no dropout", map: one }, { label: "dropout 0.3", map: other }]);';
    const notebook = await used.jupyter.open(path.join(used.folder, "map.ipynb"), [{ type: "code", source }]);
    await notebook.runAll();
    await notebook.finished();
    const [first, second] = await notebook.page.getByRole("slider").all();
    await first.focus();
    for (const key of ["ArrowRight", "ArrowRight", "ArrowLeft"]) await notebook.page.keyboard.press(key);
    const told = notebook.page.locator("[data-walk]");
    const place = (await first.getAttribute("aria-valuetext"))!;
    assert.match(place, /^\d+% of the book, line \d: \d+ characters? word for word$/);
    const box = (await second.boundingBox())!;
    await notebook.page.mouse.click(box.x + (box.width * 6.5) / 12, box.y + 5);
    assert.match((await first.getAttribute("aria-valuetext"))!, /^50% of the book, line 2: 37 /);
    assert.equal(await told.locator("mark").first().innerText(), "in possession of a good fortune,\nmust");
    for (const theme of ["JupyterLab Light", "JupyterLab Dark"] as const) {
      await notebook.theme(theme);
      await notebook.screenshot(path.join(pictures, `map-${theme.toLowerCase().replace(" ", "-")}.png`), 0);
      assert.deepEqual(await violationsOf(notebook.page, firstOutputs), []);
    }
    await notebook.close();
  });
});
