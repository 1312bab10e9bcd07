import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { saveOverlay } from "../../lib/show/page/save-overlay";
import { compared } from "../show/overlay/made-up-comparison";
import { violationsOf } from "./driven/axe";
import { pictures, startChromium } from "./driven/chromium";

describe("an overlay of what was memorised in a browser", function () {
  let browser: Browser;
  let folder: string;

  before(async function () {
    browser = await startChromium(this);
    folder = await mkdtemp(path.join(os.tmpdir(), "palimpsest-memorised-"));
  });
  after(async () => {
    await browser?.close();
    if (folder) await rm(folder, { recursive: true });
  });

  for (const colorScheme of ["light", "dark"] as const) {
    it(`has a ground for what was memorised alone, and no violation that axe-core finds, ${colorScheme}`, async () => {
      const file = path.join(folder, "memorised.html");
      await saveOverlay(compared, file);
      const page = await browser.newPage({ colorScheme, viewport: { width: 900, height: 700 } });
      await page.goto(pathToFileURL(file).href);
      await page.screenshot({ path: path.join(pictures, `memorised-${colorScheme}.png`), fullPage: true });
      const [memorised, likely, ground] = await page.evaluate<string[]>(
        "[...document.querySelectorAll('figure mark[title]'), document.body].map((one) => getComputedStyle(one).backgroundColor)",
      );
      assert.equal(likely, ground);
      assert.notEqual(memorised, ground);
      assert.deepEqual(await violationsOf(page), []);
      await page.close();
    });
  }
});
