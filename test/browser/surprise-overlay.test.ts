import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { saveOverlay } from "../../lib/show/page/save-overlay";
import { traced } from "../show/overlay/made-up-comparison";
import { surprising } from "../show/overlay/made-up-surprise";
import { violationsOf } from "./driven/axe";
import { pictures, startChromium } from "./driven/chromium";

describe("an overlay with the network's surprise in a browser", function () {
  let browser: Browser;
  let folder: string;

  before(async function () {
    browser = await startChromium(this);
    folder = await mkdtemp(path.join(os.tmpdir(), "palimpsest-surprise-"));
  });
  after(async () => {
    await browser?.close();
    if (folder) await rm(folder, { recursive: true });
  });

  for (const colorScheme of ["light", "dark"] as const) {
    it(`has bars that a key takes away, and no violation that axe-core finds, ${colorScheme}`, async () => {
      const file = path.join(folder, "surprise.html");
      await saveOverlay({ ...surprising, passages: traced.passages }, file);
      const page = await browser.newPage({ colorScheme, viewport: { width: 360, height: 700 } });
      await page.goto(pathToFileURL(file).href);
      await page.screenshot({ path: path.join(pictures, `surprise-${colorScheme}.png`), fullPage: true });
      const bars = () =>
        page.evaluate<string[]>(
          "[...document.querySelectorAll('figure [data-s]')].map((one) => one.textContent + getComputedStyle(one).borderTopWidth)",
        );
      const shown = ["She said2px", "laughed6px"];
      assert.deepEqual(await bars(), shown);
      assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 360);
      assert.deepEqual(await violationsOf(page), []);

      const box = page.getByRole("checkbox", { name: "show how surprised the network was" });
      await box.focus();
      await page.keyboard.press("Space");
      assert.deepEqual(await bars(), ["She said0px", "laughed0px"]);
      assert.equal(await page.locator("[data-skyline]").isVisible(), false);
      await page.keyboard.press("Space");
      assert.deepEqual(await bars(), shown);
      await page.close();
    });
  }
});
