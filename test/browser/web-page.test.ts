import assert from "node:assert/strict";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { exportWeb } from "../../web/export";
import { TextLibrary } from "../../lib/text/library";
import { Training } from "../../lib/train/training";
import { train } from "../../lib/train/train";
import { docxOf, inWord } from "../text/documents/made";
import { violationsOf } from "./driven/axe";
import { pictures, startChromium } from "./driven/chromium";
import { exportSea, learned, lesson, ready, serve, teach, wrote } from "./driven/exported-page";

describe("a network as a page of its own", function () {
  this.timeout(180_000);
  let place: string;
  let folder: string;
  let server: Server;
  let elsewhere: Server;
  let address: string;
  let browser: Browser;
  let context: BrowserContext;
  let requested: string[] = [];
  let refused = 0;

  before(async function () {
    browser = await startChromium(this);
    place = await mkdtemp(path.join(os.tmpdir(), "palimpsest-web-"));
    folder = path.join(place, "page");
    await exportSea(folder, 192);
    ({ server, address } = await serve(folder));
    elsewhere = createServer((_, response) => {
      refused++;
      response.writeHead(200, { "access-control-allow-origin": "*" }).end();
    }).listen(0, "127.0.0.1");
  });
  after(async () => {
    await browser?.close();
    server?.close();
    elsewhere?.close();
    if (place) await rm(place, { recursive: true });
  });
  afterEach(() => context?.close());

  async function open(
    options: Parameters<Browser["newContext"]>[0] = {},
    at: string = address,
  ): Promise<Page> {
    context = await browser.newContext({ viewport: { width: 1000, height: 900 }, ...options });
    requested = [];
    context.on("request", (request) => requested.push(request.url()));
    const page = await context.newPage();
    page.on("pageerror", (error) => assert.fail(error));
    await page.goto(at);
    await ready(page);
    return page;
  }

  it("writes on from what is typed, and shows where it has copied", async () => {
    const page = await open();
    await page.fill("#text", "The sea is a page that");
    await page.fill("#length", "100");
    await page.getByRole("slider", { name: "Temperature" }).fill("0");
    await page.click("#write");
    const text = await wrote(page);
    assert.match(text, /^ the wind has written/);
    assert.match(await page.innerText("#writing-told"), /copied, longest \d+ characters/);
    assert.match(await page.innerText("#written table"), /The <Sea>, A\. Nonymous/);
    assert.equal(await page.innerText("h1"), "The <sea>");
    await page.getByLabel("show the copies from The <Sea>").uncheck();
    assert.ok((await page.locator("#written mark[data-off]").count()) > 0);
    assert.match(await page.innerText("#writing-told"), /surprise \d\.\d+ nats a character where copied/);
    await page.getByLabel("show how surprised the network was").uncheck();
    assert.equal(await page.locator("#written [data-skyline]").isVisible(), false);
  });

  it("writes the same with the same seed, and something else with another", async () => {
    const page = await open();
    const writeBy = async (seed: string) => {
      await page.fill("#seed", seed);
      await page.getByRole("slider", { name: "Temperature" }).fill("1.5");
      await page.locator("#writing-told").evaluate((told) => (told.textContent = ""));
      await page.click("#write");
      return wrote(page);
    };
    const first = await writeBy("1");
    assert.equal(await writeBy("1"), first);
    assert.notEqual(await writeBy("2"), first);
  });

  it("writes the newer text where one is asked for while another is written", async () => {
    const page = await open();
    const alone = async () => {
      await page.fill("#seed", "2");
      await page.click("#write");
      return wrote(page);
    };
    const expected = await alone();
    // Every end of a writing that the page tells of.
    await page.evaluate(`window.ends = [];
      new MutationObserver(() => ends.push(document.querySelector("#writing-told").textContent))
        .observe(document.querySelector("#writing-told"), { childList: true, characterData: true, subtree: true })`);
    await page.evaluate(`for (const [seed, length] of [["1", "5000"], ["2", "600"]]) {
      for (const [id, value] of Object.entries({ seed, length })) document.getElementById(id).value = value;
      document.getElementById("write").click();
    }`);
    await page.locator("#writing-told", { hasText: /^Done.*seed 2\.$/ }).waitFor({ timeout: 60_000 });
    await page.waitForTimeout(500);
    const ends = (await page.evaluate("ends")) as string[];
    assert.equal(ends.filter((told) => told.startsWith("Done")).length, 1, ends.join("; "));
    assert.equal(
      (await page.locator("#written figure > div").last().innerText()).slice(0, 100),
      expected.slice(0, 100),
    );
  });

  it("predicts words while one types; Tab takes them, Escape lets Tab lead on, all by keyboard", async () => {
    const page = await open();
    await page.getByRole("textbox", { name: "Your text" }).focus();
    await page.keyboard.type("The sea is a pa");
    await page.getByRole("button", { name: /^Take “ge that/ }).waitFor();
    await page.keyboard.press("Tab");
    assert.match(await page.inputValue("#text"), /^The sea is a page that/);
    await page.keyboard.type("\nand the rain wri");
    await page.getByRole("button", { name: /^Take “tes over/ }).waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate("document.activeElement.id"), "write");
    await page.keyboard.press("Enter");
    await wrote(page);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate("document.activeElement.id"), "temperature");
    await page.keyboard.press("ArrowRight");
    assert.match(await page.innerText(".wide"), /0\.75/);
  });

  it("learns on a text that is chosen, with the loss falling, writes in its manner, and forgets it", async () => {
    const page = await open();
    await teach(page, "bees.txt", lesson);
    await learned(page);
    const told = await page.innerText("#learning-told");
    const [, first, last] = /loss ([\d.]+) at first, ([\d.]+) after 80 steps/.exec(told)!.map(Number);
    assert.ok(last < first / 2, told);
    assert.match((await page.getByRole("img", { name: /^loss/ }).textContent()) ?? "", /80 of 80 steps/);
    await page.fill("#text", "Bees hum in");
    await page.getByRole("button", { name: /^Take “the high/ }).waitFor();
    assert.match(await wrote(page), /heather/);
    assert.match(await page.innerText("#written table"), /bees\.txt/);
    await page.screenshot({ path: path.join(pictures, "web-learned.png"), fullPage: true });
    await page.click("#reset");
    await page.locator("#learning-told", { hasText: "as it came" }).waitFor();
    await page.fill("#text", "The sea is a page that");
    await page.getByRole("button", { name: /^Take “the wind/ }).waitFor();
  });

  it("stops learning when it is told to, and goes on", async () => {
    const page = await open();
    await teach(page, "bees.txt", lesson);
    await page.locator("#losses polyline").waitFor({ state: "attached" });
    await page.click("#stop-learning");
    await learned(page);
    assert.match(await page.innerText("#learning-told"), /^Stopped/);
    await page.click("#again");
    await page.locator("#learning-told", { hasText: /^Done/ }).waitFor({ timeout: 120_000 });
  });

  it("says what is wrong with a text from which nothing can be learned", async () => {
    const page = await open();
    await teach(page, "empty.txt", " \n");
    await page.getByRole("alert").filter({ hasText: "Expected words in empty.txt" }).waitFor();
    await teach(page, "picture.txt", Buffer.from([1, 0, 2, 0]));
    await page.getByRole("alert").filter({ hasText: "binary data" }).waitFor();
    await page.fill("#text", "The sea");
    await page.click("#write");
    assert.ok((await wrote(page)).length > 0);
  });

  it("writes another text each time where no seed is given, and tells the one by which it is written again", async () => {
    const page = await open();
    await page.getByRole("slider", { name: "Temperature" }).fill("1.5");
    const again = async () => {
      await page.locator("#writing-told").evaluate((told) => (told.textContent = ""));
      await page.click("#write");
      return wrote(page);
    };
    const first = await again();
    const [, seed] = /Written by the seed (\d+)\.$/.exec(await page.innerText("#writing-told"))!;
    assert.notEqual(await again(), first);
    await page.fill("#seed", seed);
    assert.equal(await again(), first);
  });

  it("learns on a document, and says beside the place of files what is wrong with one, and what to do", async () => {
    const page = await open();
    const give = (name: string, content: Uint8Array) =>
      page.setInputFiles("#file", {
        name,
        mimeType: "application/octet-stream",
        buffer: Buffer.from(content),
      });
    const wrong = page.locator("section:has(#drop) [role=alert]");
    await give("book.pdf", Buffer.from("%PDF-1.4"));
    await wrong
      .filter({
        hasText:
          "Expected a text in book.pdf, found a PDF, which a page does not read. Save it as plain text",
      })
      .waitFor();
    await give(
      "bees.docx",
      docxOf(inWord(lesson).replace("</w:p>", '<w:r><w:footnoteReference w:id="1"/></w:r></w:p>')),
    );
    await page.locator("#learning-told", { hasText: "1 note in bees.docx was left out" }).waitFor();
    assert.equal(await wrong.innerText(), "");
    await page.click("#stop-learning");
    await learned(page);
  });

  it("goes over to a second text that comes while it learns, and learns on where the second is none", async () => {
    const page = await open();
    await teach(page, "bees.txt", lesson);
    await page.locator("#losses polyline").waitFor({ state: "attached" });
    await teach(page, "empty.txt", " ");
    await page.locator("#learning-failed", { hasText: "Expected words in empty.txt" }).waitFor();
    assert.match(await page.innerText("#learning-told"), /^It learns on bees\.txt/);
    assert.ok(await page.isVisible("#stop-learning"));
    await teach(page, "ants.txt", lesson.replaceAll("Bees", "Ants"));
    await page.locator("#learning-told", { hasText: "It learns on ants.txt" }).waitFor();
    assert.ok(await page.isVisible("#stop-learning"));
    assert.ok(await page.isHidden("#again"));
    await page.locator("#learning-told", { hasText: /^Done/ }).waitFor({ timeout: 120_000 });
  });

  it("asks for nothing but its own folder, and neither the page nor its worker could", async () => {
    const page = await open();
    await page.click("#write");
    await wrote(page);
    const own = requested.filter((url) => url.startsWith(address) || url.startsWith("blob:"));
    assert.deepEqual(requested, own);
    const names = await readdir(folder);
    for (const url of requested.filter((one) => one.startsWith("http")))
      assert.ok(names.includes(url.slice(address.length) || "index.html"), url);
    const other = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`;
    const reach = (url: string) => fetch(url).then(() => "reached", String);
    assert.match(await page.evaluate(reach, other), /Failed to fetch/);
    assert.equal(page.workers().length, 1);
    assert.match(await page.workers()[0].evaluate(reach, other), /Failed to fetch/);
    assert.equal(refused, 0);
  });

  for (const scheme of ["light", "dark"] as const) {
    it(`is sound to axe-core on a ${scheme} page, and fits a screen of 360 pixels`, async () => {
      const page = await open({
        viewport: { width: 360, height: 740 },
        colorScheme: scheme,
        bypassCSP: true, // axe-core comes as an inline script
      });
      await page.fill("#text", "The sea is a page that");
      await page.click("#write");
      await wrote(page);
      await teach(page, "bees.txt", lesson);
      await learned(page);
      await page.screenshot({ path: path.join(pictures, `web-${scheme}.png`), fullPage: true });
      assert.ok(await page.evaluate<boolean>("document.documentElement.scrollWidth <= 360"));
      assert.deepEqual(await violationsOf(page), []);
    });
  }

  it("asks a network that was told of its texts what its own is to be", async () => {
    const by = (author: string, content: string) => {
      return { title: "Seas", author, source: "string", content: content.repeat(60), weight: 1 };
    };
    const library = new TextLibrary(
      [by("Ann Calm", "The sea is wide and blue. "), by("Ben Storm", "The sea is a grey beast. ")],
      { validation: 0 },
    );
    const shape = { neurons: 24, layers: 1, level: "words", labels: ["author"] } as const;
    const training = await Training.start(library, { ...shape, steps: 12, batchSize: 8, iterations: 150 });
    for await (const _ of train(training, { sampleEvery: 0 })) void _;
    const other = path.join(place, "voices");
    await exportWeb(training.model, library, other);
    training.dispose();
    const voices = await serve(other);
    try {
      const page = await open({}, voices.address);
      await page.fill("#text", "The sea is");
      await page.getByLabel("Author").selectOption("Ann Calm");
      await page.getByRole("button", { name: /^Take “wide and blue/ }).waitFor();
      await page.getByLabel("Author").selectOption("Ben Storm");
      await page.getByRole("button", { name: /^Take “a grey beast/ }).waitFor();
      await page.getByRole("slider", { name: "Temperature" }).fill("0");
      await page.fill("#length", "13");
      await page.click("#write");
      assert.equal(await wrote(page), " a grey beast");
      await page.screenshot({ path: path.join(pictures, "web-labels.png") });
      await teach(page, "bees.txt", lesson);
      await learned(page);
      assert.match((await page.getByRole("img", { name: /^loss/ }).textContent()) ?? "", /nats a word/);
    } finally {
      voices.server.close();
    }
  });
});
