import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { overlay } from "../../lib/show/overlay/overlay";
import { saveOverlay } from "../../lib/show/page/save-overlay";
import { traceNear } from "../../lib/trace/near/trace-near";
import { textOf } from "../trace/texts";
import { violationsOf } from "./driven/axe";
import { pictures, startChromium } from "./driven/chromium";

const books = [
  textOf(
    "It is a truth universally acknowledged, that a single man in possession of a good fortune, must be in want of a wife.\n" +
      "However little known the feelings or views of such a man may be on his first entering a neighbourhood, this truth is so well " +
      "fixed in the minds of the surrounding families, that he is considered as the rightful property.\n",
    "Pride and Prejudice",
    "Jane Austen",
  ),
  textOf(
    "Left alone, Terence walked up and down the terrace, and thought of the views of such a man, for a good fortune.\n",
    "The Voyage Out",
    "Virginia Woolf",
  ),
];
const sample =
  "She knew: a truth acknowledged, that a single young man in possession of a good future, must be in want of a wife.\n" +
  "Left alone, Evelyn walked up and down the terrace, and thought of the views of such a man. But this truth is so well " +
  "fixed in the minds of the surrounding families, that he is considered as the rightful property.";
const traced = traceNear(sample, books);
const themes = { light: ["#ffffff", "#222222"], dark: ["#111111", "#dddddd"] } as const;

describe("an overlay of near copies in a browser", function () {
  let browser: Browser;
  let folder: string;

  before(async function () {
    browser = await startChromium(this);
    folder = await mkdtemp(path.join(os.tmpdir(), "palimpsest-near-"));
  });
  after(async () => {
    await browser?.close();
    if (folder) await rm(folder, { recursive: true });
  });

  for (const [name, [ground, ink]] of Object.entries(themes)) {
    it(`has no violation that axe-core finds on a ${name} page, opened, and wide enough for two columns`, async () => {
      const page = await browser.newPage({ viewport: { width: 840, height: 900 } });
      await page.setContent(
        `<!doctype html><html lang="en"><head><title>A page</title></head><body style="background:${ground};color:${ink}">` +
          `<main><h1>A page</h1>${overlay(traced)}</main></body></html>`,
      );
      await page.evaluate("document.querySelector('details').open = true");
      await page.screenshot({ path: path.join(pictures, `near-overlay-${name}.png`), fullPage: true });
      assert.deepEqual(await violationsOf(page), []);
      const halves = await page.evaluate<number[]>(
        "[...document.querySelector('details span[style*=flex] ').children].map((half) => half.getBoundingClientRect().top)",
      );
      assert.equal(halves.length, 2);
      assert.equal(halves[0], halves[1]);
      await page.close();
    });

    it(`has none on a saved page, ${name}`, async () => {
      const file = path.join(folder, "near.html");
      await saveOverlay(traced, file);
      const page = await browser.newPage({
        colorScheme: name as "light" | "dark",
        viewport: { width: 1000, height: 900 },
      });
      await page.goto(pathToFileURL(file).href);
      await page.screenshot({ path: path.join(pictures, `near-page-${name}.png`), fullPage: true });
      assert.deepEqual(await violationsOf(page), []);
      assert.equal(await page.locator("mark del").first().innerText(), "ortun");
      await page.close();
    });
  }
});
