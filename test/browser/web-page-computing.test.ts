import assert from "node:assert/strict";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import type { Server } from "node:http";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";
import { networkFile, workerFile } from "../../web/beside/names";
import { startChromium } from "./driven/chromium";
import { exportSea, learned, lesson, ready, serve, teach, wrote } from "./driven/exported-page";

describe("what computes in an exported page", function () {
  this.timeout(180_000);
  let place: string;
  let folder: string;
  let browser: Browser;
  let context: BrowserContext;
  const servers: Server[] = [];

  before(async function () {
    browser = await startChromium(this);
    place = await mkdtemp(path.join(os.tmpdir(), "palimpsest-web-"));
    folder = path.join(place, "page");
    await exportSea(folder);
  });
  after(async () => {
    await browser?.close();
    for (const server of servers) server.close();
    if (place) await rm(place, { recursive: true });
  });
  afterEach(() => context?.close());

  async function served(of: string, options: Parameters<typeof serve>[1] = {}): Promise<string> {
    const { server, address } = await serve(of, options);
    servers.push(server);
    return address;
  }

  async function visit(address: string, options: Parameters<Browser["newContext"]>[0] = {}): Promise<Page> {
    context = await browser.newContext(options);
    const page = await context.newPage();
    await page.goto(address);
    return page;
  }

  /** A copy of the page's folder with another file in it. */
  async function changed(name: string, change: (content: string) => string): Promise<string> {
    const copy = await mkdtemp(path.join(place, "copy-"));
    await cp(folder, copy, { recursive: true });
    const file = path.join(copy, name);
    await writeFile(file, change(await readFile(file, "utf8")));
    return copy;
  }

  /** A change of what a script hands over. */
  const inside = (change: (content: string) => string) => (script: string) =>
    script.replace(/"([^"]*)"\)$/, (_, packed: string) => {
      const content = change(gunzipSync(Buffer.from(packed, "base64")).toString());
      return `"${gzipSync(content).toString("base64")}")`;
    });

  /** What it learns and writes by a seed. */
  async function use(page: Page): Promise<{ computing: string; told: string; text: string }> {
    await ready(page);
    await page.fill("#seed", "7");
    await page.fill("#length", "120");
    await page.getByRole("slider", { name: "Temperature" }).fill("0.8");
    await teach(page, "bees.txt", lesson);
    await learned(page);
    const [computing, told] = await Promise.all(
      ["#computing", "#learning-told"].map((id) => page.innerText(id)),
    );
    return { computing, told, text: await wrote(page) };
  }

  it("is WebAssembly, on as many threads as an isolated page may use: by the same seed the same losses and text, also opened as a file", async () => {
    const plain = await use(await visit(await served(folder)));
    assert.equal(plain.computing, "Computed by WebAssembly, on one thread.");
    assert.match(plain.told, /^Done: loss/);
    await context.close();
    const isolated = await use(await visit(await served(folder, { isolated: true })));
    assert.equal(isolated.computing, `Computed by WebAssembly, on ${threadsHere()}.`);
    await context.close();
    const asFile = await use(await visit(pathToFileURL(path.join(folder, "index.html")).href));
    assert.equal(asFile.computing, "Computed by WebAssembly, on one thread.");
    for (const { told, text } of [isolated, asFile])
      assert.deepEqual({ told, text }, { told: plain.told, text: plain.text });
  });

  const harms: Record<string, [harm: (script: string) => string, told: RegExp]> = {
    "computes something else": [
      (script) => script.replace("2.479639", "2.579639"),
      /: it computes wrongly: a loss of 2\.4796\d* where 2\.579639 is right\.$/,
    ],
    fails: [(script) => script.replace('"ClipAdam"', '"ClipAda"'), /: .* is not a function\.$/],
    "is not there": [
      (script) => `delete globalThis.WebAssembly;${script}`,
      /: WebAssembly is not defined\.$/,
    ],
  };
  for (const [why, [harm, told]] of Object.entries(harms))
    it(`is plain JavaScript where the engine ${why}, which is told, and the page writes as it should`, async () => {
      const page = await visit(await served(await changed(workerFile, inside(harm))));
      await ready(page);
      const computing = await page.innerText("#computing");
      assert.match(computing, /^Computed by plain JavaScript, tens of times slower than by WebAssembly/);
      assert.match(computing, told);
      await page.fill("#text", "The sea is a page that");
      await page.fill("#length", "40");
      await page.getByRole("slider", { name: "Temperature" }).fill("0");
      await page.click("#write");
      assert.match(await wrote(page), /^ the wind has written/);
    });

  for (const [when, dies, told] of [
    ["while it starts", "given[3] > 100", "one thread"],
    ["when nothing is asked", 'given[3] > 100 && woken === "timed-out" && ++slept > 9', threadsHere()],
  ] as const)
    it(`goes on without the threads of an isolated page where one of them dies ${when}`, async () => {
      const tired =
        "const { wait } = Atomics; let slept = 0; Atomics.wait = (...given) => " +
        `{ const woken = wait(...given); if (${dies}) throw Error(); return woken; };`;
      const harm = inside((script) =>
        script.replace(/new Blob\(\[(["'`])/, (start, quote) => start + within(tired, quote)),
      );
      const page = await visit(await served(await changed(workerFile, harm), { isolated: true }));
      await ready(page);
      assert.equal(await page.innerText("#computing"), `Computed by WebAssembly, on ${told}.`);
      await page.waitForTimeout(3000);
      await page.fill("#text", "The sea is a page that");
      await page.fill("#length", "40");
      await page.getByRole("slider", { name: "Temperature" }).fill("0");
      await page.click("#write");
      assert.match(await wrote(page), /^ the wind has written/);
    });

  it("is told where it does not come: the page says so at its top, with what to do", async () => {
    const missing = await changed(networkFile, () => "not a script");
    const page = await visit(await served(missing));
    await page.locator("#trouble", { hasText: "network.js is damaged: lay it anew" }).waitFor();
    assert.match(await page.innerText("#waiting"), /python3 -m http\.server/);
  });
});

/** A script as it stands within a string of another. */
function within(script: string, quote: string): string {
  return script.replaceAll(quote, `\\${quote}`);
}

function threadsHere(): string {
  const count = Math.max(Math.min(2, os.availableParallelism()), Math.floor(os.availableParallelism() / 2));
  return count === 1 ? "one thread" : `${count} threads`;
}
