import assert from "node:assert/strict";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import type { Server } from "node:http";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { buildExplorable } from "../../site/explorable/build";
import { copiedFrom } from "../../site/explorable/settings";
import { violationsOf } from "./driven/axe";
import { pictures, startChromium } from "./driven/chromium";
import { ready, serve } from "./driven/exported-page";

/** A visitor's. */
const paragraph =
  "My grandmother kept a jar of buttons on the windowsill, and each of them had a story. The blue one came from " +
  "a sailor, the brass one from a band that played in the rain. I never found out which of the stories were true.";

describe("the explorable", function () {
  this.timeout(600_000);
  let place: string;
  let folder: string;
  let server: Server;
  let address: string;
  let browser: Browser;

  before(async function () {
    browser = await startChromium(this);
    place = await mkdtemp(path.join(os.tmpdir(), "palimpsest-explorable-"));
    folder = path.join(place, "page");
    await buildExplorable(folder, { notebooks: "lab/index.html" });
    ({ server, address } = await serve(folder));
  });
  after(async () => {
    await browser?.close();
    server?.close();
    if (place) await rm(place, { recursive: true });
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
  });

  async function open(options: BrowserContextOptions = {}, at = address): Promise<Page> {
    const page = await (await browser.newContext(options)).newPage();
    await page.goto(at);
    await ready(page);
    return page;
  }

  /** CPU-seconds of the pages so far. */
  async function computed(): Promise<number> {
    const session = await browser.newBrowserCDPSession();
    const { processInfo } = await session.send("SystemInfo.getProcessInfo");
    await session.detach();
    const pages = processInfo.filter(({ type }) => type === "renderer");
    return pages.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
  }

  /** The screen that is there: its question has the focus, axe-core finds nothing, light or dark, and it fits. */
  async function checkScreen(page: Page, name: string): Promise<void> {
    await page.locator(`#${name}`).waitFor();
    assert.equal(await page.locator("main > section:visible").count(), 1);
    await page.evaluate("Promise.all(document.getAnimations().map((one) => one.finished))");
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      assert.deepEqual(await violationsOf(page), [], `${name}, ${colorScheme}`);
    }
    for (const width of [1200, 360]) {
      await page.setViewportSize({ width, height: 780 });
      await page.screenshot({ path: path.join(pictures, `explorable-${name}-${width}.png`), fullPage: true });
      const wide = await page.evaluate<number>("document.documentElement.scrollWidth");
      assert.ok(wide <= width, `${name} is ${wide} pixels wide, of ${width}`);
    }
    await page.emulateMedia({ colorScheme: "light" });
  }

  const focused = (page: Page) => page.evaluate<string>("document.activeElement.id");
  const press = (page: Page, id: string) => page.locator(`#${id}`).press("Enter");

  const goTo = (page: Page, step: string) => page.locator("#steps button", { hasText: step }).press("Enter");

  /** Whether a part of a chart ends where its axis does, or before. */
  async function withinAxis(page: Page, part: string, axis: string): Promise<boolean> {
    const [last, end] = await Promise.all([part, axis].map((one) => page.locator(one).boundingBox()));
    return last!.x + last!.width <= end!.x + end!.width + 0.5;
  }

  /** All that is announced from now on, in its order. */
  async function listen(page: Page): Promise<() => Promise<string[]>> {
    await page.evaluate(`
      const said = (window.said = []);
      const status = document.getElementById("announced");
      new MutationObserver(() => said.push(status.textContent)).observe(status, { childList: true });`);
    return async () => (await page.evaluate<string[]>("window.said")).filter((words) => words !== "");
  }

  /** What is coloured as the visitor's own. */
  const own = "#watch mark[style*='--line-1']";

  /** As soon as something is, and what the page says then. */
  async function firstOwnMarks(page: Page): Promise<{ marked: string[]; news: string }> {
    const marks = `(() => {
      const marked = [...document.querySelectorAll("${own}")].map((one) => one.textContent);
      return marked.length > 0 && { marked, news: document.getElementById("news").textContent };
    })()`;
    const found = await page.waitForFunction<{ marked: string[]; news: string }>(marks, undefined, {
      timeout: 300_000,
    });
    return found.jsonValue();
  }

  it("copies the visitor's own paragraph, coloured, and with dropout does not; by keyboard, axe-core clean, on 360 pixels", async () => {
    const page = await open({ bypassCSP: true }); // axe-core comes as an inline script
    await checkScreen(page, "read");
    await page.fill("#paragraph", paragraph);
    await press(page, "to-bet");
    assert.equal(await focused(page), "bet-question");
    await page.locator("#readings").press("ArrowRight");
    assert.equal(await page.inputValue("#readings"), "51");
    assert.equal(await page.locator("#readings").getAttribute("aria-valuetext"), "after 51 readings");
    await checkScreen(page, "bet");

    const [began, before] = [performance.now(), await computed()];
    const announced = await listen(page);
    await press(page, "to-watch");
    assert.equal(await focused(page), "watch-question");
    assert.equal(
      await page.innerText("#watched-run"),
      "Run 1: dropout 0\u00a0%, 128\u00a0cells, temperature\u00a00.5",
    );
    const { marked, news } = await firstOwnMarks(page);
    const seconds = (performance.now() - began) / 1000;
    const cpu = (await computed()) - before;
    console.log(
      `      copied after ${seconds.toFixed(1)} s, ${cpu.toFixed(1)} s of the processor, load ${os.loadavg()[0].toFixed(1)}`,
    );
    assert.match(news, /^There: \d+ characters of yours, letter for letter, after \d+ readings\.$/);
    // Only what gets further is said aloud: how far that is at which look, the processor decides.
    const stages = [
      /^It has read nothing/,
      /^It writes noise/,
      /^It writes words/,
      /^It recites/,
      /^There: /,
    ];
    const said = (await announced()).map((words) => stages.findIndex((stage) => stage.test(words)));
    assert.ok(said.length >= 3 && said[0] === 0, String(said));
    assert.deepEqual(said, [...new Set(said)].sort());
    assert.equal(await page.getAttribute("#announced", "role"), "status");
    await press(page, "stop");
    await page.locator("#news", { hasText: /^It has stopped/ }).waitFor();
    assert.equal(await focused(page), "to-compare");
    for (const words of marked) assert.ok(paragraph.includes(words.trim()), words);
    await checkScreen(page, "watch");

    await press(page, "to-compare");
    assert.equal(
      await page.innerText("#compared-run"),
      "Run 1: dropout 0\u00a0%, 128\u00a0cells, temperature\u00a00.5",
    );
    assert.match(await page.innerText("#verdict"), /^You said after 51 readings\. It began after \d+: /);
    await page.click("#compare summary");
    const longest = await page.locator("#numbers tbody td:nth-child(4)").allTextContents();
    assert.ok(Math.max(...longest.map(Number)) >= copiedFrom, String(longest));
    await checkScreen(page, "compare");

    await press(page, "to-inside");
    assert.equal(
      await page.innerText("#looked-run"),
      "Run 1: dropout 0\u00a0%, 128\u00a0cells, temperature\u00a00.5",
    );
    assert.equal(await page.locator("#legend-letters li").count(), 4);
    const letter = page.locator("#letter");
    const first = await letter.getAttribute("aria-valuetext");
    assert.match(first!, /^(.|space), (\d+|under 1|over 99)\u00a0% sure\. Nearly: /);
    await letter.press("ArrowRight");
    assert.equal(await page.locator("#sheet-letters .current").getAttribute("data-letter"), "1");
    await page.locator("[data-letter='30']").hover();
    assert.equal(await letter.inputValue(), "30");
    assert.equal(await page.locator("#letter-told .bar.written").count(), 1);
    await checkScreen(page, "inside");

    await press(page, "to-change");
    await page.locator("#temperature").fill("1.2");
    await press(page, "rewrite");
    await page
      .locator("#rewritten-told", {
        hasText: /^At temperature 1\.2, run 1 \(dropout 0\s%, 128\scells\) writes/,
      })
      .waitFor();
    await checkScreen(page, "change");
    await page.locator("#temperature").fill("0.5");
    await page.locator("#dropout").fill("0.7");
    await press(page, "again");
    await page.locator("#news", { hasText: "It has not copied you." }).waitFor({ timeout: 400_000 });
    assert.equal(await page.locator(own).count(), 0);
    assert.equal(
      await page.innerText("#watched-run"),
      "Run 2: dropout 70\u00a0%, 128\u00a0cells, temperature\u00a00.5",
    );
    assert.match(await page.innerText("#progress"), /^100\s+readings/);
    assert.match(await page.innerText("#news"), /^It has read everything 100 times\./);
    assert.ok(await withinAxis(page, "#chart-longest .bars", "#chart-longest .axis"));
    assert.ok(await withinAxis(page, "#chart-copied circle", "#chart-copied .axis"));
    await goTo(page, "Compare");
    assert.equal(
      await page.innerText("#compared-run"),
      "Run 2: dropout 70\u00a0%, 128\u00a0cells, temperature\u00a00.5",
    );
    assert.match(
      await page.innerText("#verdict"),
      /^Run 2 did not copy you: not within 100 readings\. Your bet was on run 1\. You said after 51/,
    );
    await goTo(page, "Look");
    assert.equal(
      await page.innerText("#looked-run"),
      "Run 2: dropout 70\u00a0%, 128\u00a0cells, temperature\u00a00.5",
    );
    await goTo(page, "Watch");
    await press(page, "to-compare");
    const rows = await page.locator("#runs tbody tr").allInnerTexts();
    assert.match(rows[0], /^1\s+128\s+0\u00a0%\s+0\.5\s+after \d+ readings/);
    assert.match(rows[1], /^2\s+128\s+70\u00a0%\s+0\.5\s+not within 100 readings/);
    assert.equal(await page.locator("#writings .sheet").count(), 2);
    await page.screenshot({ path: path.join(pictures, "explorable-runs.png"), fullPage: true });

    // Another bet keeps the runs, and the dials say what its run has.
    await page.locator("#temperature").fill("0");
    await goTo(page, "Bet");
    await press(page, "to-watch");
    await page.locator("#progress", { hasText: /[1-9]\d* readings/ }).waitFor({ timeout: 120_000 });
    await press(page, "stop");
    await page.locator("#news", { hasText: /^It has stopped/ }).waitFor();
    await goTo(page, "Change");
    const kept = await page.locator("#runs tbody tr").allInnerTexts();
    assert.deepEqual(kept.slice(0, 2), rows);
    assert.match(kept[2], /^3\s+128\s+0\u00a0%\s+0\.5\s+not within \d+ readings?/);
    assert.equal(await page.locator("#chart-runs polyline").count(), 3);
    assert.equal(await page.innerText("#temperature-told"), "0.5, careful");
    assert.equal(await page.getAttribute("#temperature", "aria-valuetext"), "0.5, careful");
    await page.locator("#writer").selectOption("0");
    await press(page, "rewrite");
    await page.locator("#rewritten-told", { hasText: /^At temperature 0\.5, run 1 / }).waitFor();
  });

  it("reads what is chosen anew, says so beforehand, and says which run it stops", async () => {
    const page = await open();
    await page.fill("#paragraph", paragraph);
    await press(page, "to-bet");
    await press(page, "to-watch");
    await page.locator("#progress", { hasText: /[1-9]\d* readings/ }).waitFor({ timeout: 120_000 });
    await press(page, "stop");
    await page.locator("#news", { hasText: /^It has stopped/ }).waitFor();
    for (const step of ["to-compare", "to-inside", "to-change"]) await press(page, step);
    assert.match(await page.innerText("#again-told"), /^100 readings take about \d+ s\.$/);

    await goTo(page, "Read");
    await page.fill("#paragraph", `${paragraph} `.repeat(8));
    const told = await page.innerText("#paragraph-told");
    assert.match(told, /^1,759 characters: the first 1,200 are read, the rest is left out\./);
    assert.match(told, /Run 1 has not read this: the next run does\.$/);
    await goTo(page, "Change");
    assert.match(await page.innerText("#again-told"), /^You have changed what is read: Run 1 /);
    assert.match(await page.innerText("#change-told"), /read what you have chosen anew/);
    await press(page, "again");
    await page.locator("#progress", { hasText: /[1-9]\d* readings/ }).waitFor({ timeout: 120_000 });
    assert.equal((await page.innerText("#known")).length, 1200);
    await goTo(page, "Bet");
    assert.equal(await page.innerText("#bet-reads"), "Run 2 is still reading: this stops it.");
    await press(page, "to-watch");
    await page.locator("#watched-run", { hasText: /^Run 3/ }).waitFor();
    await page.locator("#progress", { hasText: /[1-9]\d* readings/ }).waitFor({ timeout: 120_000 });
    await goTo(page, "Change");
    const rows = await page.locator("#runs tbody tr").allInnerTexts();
    assert.match(rows[1], /not within \d+ readings?, then stopped/);
    assert.match(rows[2], /not within \d+ readings?, so far/);

    await goTo(page, "Read");
    for (const box of await page.locator("#shelf input").all()) await box.uncheck();
    assert.equal(await page.innerText("#missing-announced"), "Choose a book beside it.");
    for (const [step, button] of [
      ["Change", "again"],
      ["Bet", "to-watch"],
    ]) {
      await goTo(page, step);
      assert.ok(await page.isDisabled(`#${button}`), button);
    }
    assert.match(await page.innerText("#bet-reads"), /^Something is missing in step “Read”: Choose a book/);
  });

  it("asks for more words where a paragraph is too short, and for a book; goes back and forth by the browser's buttons", async () => {
    const page = await open();
    await page.fill("#paragraph", "Too short.");
    assert.match(await page.innerText("#paragraph-told"), /^Write 70 more characters/);
    assert.ok(await page.isDisabled("#to-bet"));
    await page.fill("#paragraph", paragraph);
    for (const box of await page.locator("#shelf input").all()) await box.uncheck();
    assert.equal(await page.innerText("#paragraph-told"), "Choose a book beside it.");
    assert.ok(await page.isDisabled("#to-bet"));
    await page.getByLabel("Abraham Lincoln").check();
    assert.ok(await page.isEnabled("#to-bet"));
    await press(page, "to-bet");
    await page.goBack();
    assert.equal(await focused(page), "read-question");
    await page.goForward();
    assert.equal(await focused(page), "bet-question");
  });

  it("asks for nothing but its own folder, keeps nothing, and moves nothing where that is not wanted", async () => {
    const context = await browser.newContext({ reducedMotion: "reduce" });
    const page = await context.newPage();
    const requested: string[] = [];
    page.on("request", (request) => requested.push(request.url()));
    await page.goto(address);
    await ready(page);
    const names = await readdir(folder);
    for (const url of requested.filter((one) => !one.startsWith("blob:"))) {
      assert.ok(url.startsWith(address), url);
      assert.ok(names.includes(url.slice(address.length) || "index.html"), url);
    }
    assert.deepEqual(await context.cookies(), []);
    assert.equal(await page.evaluate("localStorage.length"), 0);
    const animation = "getComputedStyle(document.querySelector('main > section')).animationName";
    assert.equal(await page.evaluate(animation), "none");
    assert.equal(await page.getAttribute("footer a", "href"), "lab/index.html");
  });

  it("also runs where it was opened as a file", async () => {
    const page = await open({}, pathToFileURL(path.join(folder, "index.html")).href);
    assert.equal(await page.innerText("#computing"), "Computed by WebAssembly, on one thread.");
    await page.click("#to-bet");
    await page.click("#to-watch");
    await page.locator("#progress", { hasText: /[1-9]\d* readings/ }).waitFor({ timeout: 120_000 });
  });
});
