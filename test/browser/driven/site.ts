/** The site of the notebooks, served as plainly as can be, and driven through a real browser. */
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { Browser, BrowserContext } from "playwright-core";
import { main as buildSite } from "../../../site/build";
import { freePort } from "../../free-port";
import { startChromium } from "./chromium";
import { NotebookPage } from "./notebook-page";

const project = path.resolve(__dirname, "../../..");

const widget = "window.jupyterapp?.shell?.currentWidget";

/** Holds in a page that shows the cells of its notebook. */
export const cellsThere = `${widget}?.context?.isReady && ${widget}.content?.widgets?.length > 1`;

/** A site, `python3 -m http.server` in its folder, and a browser. */
export class Site {
  /** What pages have asked for outside the site. */
  readonly outside: string[] = [];
  /** Bytes that the server has sent. */
  sent = 0;

  private constructor(
    private readonly place: string,
    private readonly server: ChildProcess,
    private readonly browser: Browser,
    private readonly address: string,
  ) {}

  /** Builds the site, which takes a minute. Skips the suite where there is no Chromium. */
  static async start(context: Mocha.Context): Promise<Site> {
    const browser = await startChromium(context);
    const place = await mkdtemp(path.join(os.tmpdir(), "palimpsest-site-"));
    const folder = path.join(place, "site");
    await buildSite(project, [folder]);
    const port = await freePort();
    const server = spawn(
      "python3",
      ["-m", "http.server", `${port}`, "--bind", "127.0.0.1", "--directory", folder],
      { stdio: ["ignore", "ignore", "pipe"] },
    );
    const site = new Site(place, server, browser, `http://127.0.0.1:${port}/`);
    server.stderr.setEncoding("utf8").on("data", (lines: string) => site.count(folder, lines));
    await answers(site.address);
    return site;
  }

  /** A visitor, who shares nothing with the others. */
  visitor(): Promise<BrowserContext> {
    return this.browser.newContext({ viewport: { width: 1280, height: 1300 } });
  }

  /** Opens a notebook of the site, and waits until its cells are there, as a visitor does who runs one at once. */
  async open(visitor: BrowserContext, notebook: string): Promise<NotebookPage> {
    const page = await visitor.newPage();
    page.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith(this.address) && !/^(data|blob):/.test(url)) this.outside.push(url);
    });
    await page.goto(this.addressOf(notebook));
    await page.waitForFunction(cellsThere, undefined, { timeout: 180_000 });
    return new NotebookPage(page, notebook);
  }

  addressOf(notebook: string): string {
    return `${this.address}lite/notebooks/index.html?path=${encodeURIComponent(`notebooks/${notebook}`)}`;
  }

  async stop(): Promise<void> {
    await this.browser.close();
    this.server.kill();
    await rm(this.place, { recursive: true, force: true });
  }

  /** The server says of each request what it was. */
  private count(folder: string, lines: string): void {
    for (const [, asked, status] of lines.matchAll(/"GET (\S+) HTTP\S+" (\d+)/g)) {
      const file = path.join(folder, decodeURIComponent(new URL(asked, "http://site").pathname));
      if (status === "200" && existsSync(file)) this.sent += statSync(file).size;
    }
  }
}

async function answers(address: string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (
      await fetch(address).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("The server of the site does not answer");
}
