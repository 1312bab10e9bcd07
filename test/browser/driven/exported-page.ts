/** An exported page, served as plainly as can be, and what is done in it. */
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import type { Page } from "playwright-core";
import { TextLibrary } from "../../../lib/text/library";
import { train } from "../../../lib/train/train";
import { Training } from "../../../lib/train/training";
import { exportWeb, type ExportedFile } from "../../../web/export";

/** Short enough to be known by heart after a hundred steps. */
const verse = "The sea is a page that the wind has written,\nand the rain writes over it, over and over.\n";

/** Another text, for a visitor to teach. */
export const lesson = "Bees hum in the high heather. ".repeat(40);

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css",
  ".js": "text/javascript",
};

/** What lets a page share memory among threads. */
const isolation = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
};

/** A server of files; the page's folder stands in a folder of the address. */
export async function serve(
  folder: string,
  { isolated = false } = {},
): Promise<{ server: Server; address: string }> {
  const server = createServer((request, response) => {
    const name = /^\/some\/where\/([\w.-]*)$/.exec(request.url ?? "")?.[1];
    const file = name || "index.html";
    readFile(path.join(folder, file)).then(
      (content) => {
        const type = types[path.extname(file)] ?? "text/plain";
        response.writeHead(200, { "content-type": type, ...(isolated ? isolation : {}) });
        response.end(content);
      },
      () => response.writeHead(404).end(),
    );
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/some/where/` };
}

/**
 * Exports a network that knows a verse by heart.
 *
 * @param neurons of each layer: with 192 a lesson takes a second or two, in which something else can be done
 */
export async function exportSea(folder: string, neurons = 48): Promise<ExportedFile[]> {
  const sea = { title: "The <Sea>", author: "A. Nonymous", source: "string", weight: 1 };
  const library = new TextLibrary([{ ...sea, content: verse.repeat(12) }], { validation: 0 });
  const shape = { neurons, layers: 2 };
  const training = await Training.start(library, { ...shape, steps: 32, batchSize: 8, iterations: 150 });
  for await (const _ of train(training, { sampleEvery: 0 })) void _;
  const files = await exportWeb(training.model, library, folder, { title: "The <sea>" });
  training.dispose();
  return files;
}

export function ready(page: Page): Promise<void> {
  return page.locator("body[data-ready]").waitFor({ timeout: 60_000 });
}

/** What it writes, once it has. */
export async function wrote(page: Page): Promise<string> {
  await page.locator("#writing-told", { hasText: /^Done/ }).waitFor({ timeout: 60_000 });
  return page.locator("#written figure > div").last().innerText();
}

export function learned(page: Page): Promise<void> {
  return page.locator("#learning-told", { hasText: /^(Done|Stopped)/ }).waitFor({ timeout: 120_000 });
}

export function teach(page: Page, name: string, words: string | Buffer): Promise<void> {
  return page.setInputFiles("#file", { name, mimeType: "text/plain", buffer: Buffer.from(words) });
}
