import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import path from "node:path";
import { showOverlay } from "../../lib/show/overlay/overlay";
import { overlayPage } from "../../lib/show/page/save-overlay";
import { storyPage } from "../../lib/show/page/save-story";
import { TrainingRecord } from "../../lib/show/watch/training-record";
import { trace } from "../../lib/trace/trace";
import { one, other } from "../show/map/made-up-map";
import { inRecordedNotebook } from "../show/watch/recording";
import { book, wholeTraining } from "../show/told";
import { textOf } from "../trace/texts";
import { violationsOf } from "./driven/axe";
import { pictures, startChromium } from "./driven/chromium";

const books = [
  textOf("He said <script>document.title = 'hurt'</script> & went into the garden.", "The <i>Garden</i>"),
  textOf(
    "went into the garden. Nobody \u202esaw him come back to the house again.",
    "The House",
    "A. Nonymous",
  ),
];
const traced = trace(`${books[0].content} Nobody \u202esaw him come back to the house again.`, books);

const record = new TrainingRecord([book]);
wholeTraining.forEach((event) => record.add(event));

describe("pages of their own in a browser", function () {
  let browser: Browser;
  before(async function () {
    browser = await startChromium(this);
  });
  after(() => browser?.close());

  async function open(html: string, colorScheme: "light" | "dark" = "light"): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, colorScheme });
    page.on("pageerror", (error) => assert.fail(error));
    await page.setContent(html);
    return page;
  }

  for (const scheme of ["light", "dark"] as const) {
    it(`an overlay is sound to axe-core, a passage opened, on a ${scheme} page`, async () => {
      const page = await open(overlayPage(traced, { title: "A <sample>" }), scheme);
      await page.keyboard.press("ArrowRight");
      await page.screenshot({ path: path.join(pictures, `page-${scheme}.png`) });
      assert.deepEqual(await violationsOf(page), []);
      await page.close();
    });

    it(`a story is sound to axe-core on a ${scheme} page`, async () => {
      const page = await open(storyPage(record), scheme);
      await page.screenshot({ path: path.join(pictures, `story-${scheme}.png`) });
      assert.deepEqual(await violationsOf(page), []);
      await page.close();
    });
  }

  for (const scheme of ["light", "dark"] as const) {
    it(`a story has the map of a book below it, to be walked through, on a ${scheme} page`, async () => {
      const maps = [
        { label: "after 10 iterations", map: other },
        { label: "after 20 iterations", map: one },
      ];
      const page = await open(storyPage(record, { maps }), scheme);
      const strips = page.getByRole("slider", { name: "place in the book" });
      assert.equal(await strips.count(), 2);
      await strips.first().focus();
      await page.keyboard.press("End");
      await page.keyboard.press("ArrowLeft");
      assert.match(
        await page.innerText("[data-walk]"),
        /^after 10 iterations · 83% [^]*after 20 iterations · 83% /,
      );
      assert.ok(!(await page.locator("#books").isVisible()));
      await page.screenshot({ path: path.join(pictures, `story-map-${scheme}.png`), fullPage: true });
      assert.deepEqual(await violationsOf(page), []);
      await page.close();
    });
  }

  it("the arrow keys lead from passage to passage and show each in its book, all as text", async () => {
    const page = await open(overlayPage(traced, { title: "A sample" }));
    assert.doesNotMatch(await page.innerText("main"), /underlined \[n\]/);
    assert.match(await page.innerText("main"), /a stronger colour for a longer copy/);
    await page.keyboard.press("ArrowRight");
    assert.match(
      await page.innerText("#books"),
      /passage 1 of 2: \d+ characters, once.*The <i>Garden<\/i>, line 1/s,
    );
    assert.match(
      await page.innerText("#books blockquote"),
      /<script>document\.title = 'hurt'<\/script> & went/,
    );
    await page.keyboard.press("ArrowRight");
    assert.match(await page.innerText("#books"), /passage 2 of 2.*The House, A\. Nonymous.*⟨U\+202E⟩saw/s);
    await page.keyboard.press("Escape");
    assert.ok(!(await page.locator("#books").isVisible()));
    assert.equal(await page.title(), "A sample");
    await page.close();
  });

  it("the legend filters by text and by length", async () => {
    const [output] = await inRecordedNotebook(() => showOverlay(traced));
    for (const html of [overlayPage(traced), `<!doctype html><main>${output.html[0]}</main>`]) {
      const page = await open(html);
      const off = () => page.locator("figure mark[data-off]").count();
      assert.equal(await off(), 0);
      await page.getByLabel("show the copies from The House").uncheck();
      assert.equal(await off(), 1);
      await page.getByLabel("show the copies from The <i>Garden</i>").uncheck();
      assert.equal(await off(), await page.locator("figure div > mark").count());
      await page.close();
    }
  });

  it("the slider of a story leads through its iterations", async () => {
    const page = await open(storyPage(record));
    const seen = () => page.locator("figure:visible figcaption").allInnerTexts();
    assert.equal((await seen()).length, 2);
    await page.getByLabel("iteration of the sample").focus();
    await page.keyboard.press("ArrowLeft");
    assert.ok((await seen()).every((caption) => caption.includes("iteration 10")));
    await page.getByRole("checkbox", { name: "temperature 0.9" }).uncheck();
    assert.equal((await seen()).length, 1);
    await page.close();
  });

  it("the notebook's overlay shows its picture where styles are taken off, and only there", async () => {
    const [output] = await inRecordedNotebook(() => showOverlay(traced));
    const page = await open(output.html[0]);
    assert.ok(!(await page.locator("img").isVisible()));
    await page.setContent(output.html[0].replace(/ style="[^"]*"|<script.*<\/script>/gs, ""));
    assert.ok((await page.locator("img").boundingBox())?.width === 760);
    await page.screenshot({ path: path.join(pictures, "overlay-without-styles.png") });
    await page.close();
  });
});
