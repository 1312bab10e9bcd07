/**
 * The program that times a page in Chromium: training steps in a worker as an exported page has it, on one thread or, with
 * PALIMPSEST_ISOLATED=1 in the environment, in a page that is isolated, on several.
 */
import path from "node:path";
import { chromium, type Page } from "playwright-core";
import { chromiumPath } from "../../test/browser/driven/chromium";
import { workerScript } from "../../web/bundle";
import { answerRequests, type Facts, type Task } from "../answer";
import type { StepSize } from "./network-size";
import type { Asked } from "./page-messages";
import type { Way } from "./step";

const isolation = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
};

/** Nothing is asked there: the browser is answered here. */
const address = "http://localhost/";

const project = path.join(__dirname, "..", "..");

export async function main(): Promise<number> {
  const executablePath = chromiumPath();
  if (!executablePath) throw new Error("Expected Chromium, or its place in CHROMIUM_PATH");
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage();
    const headers = process.env.PALIMPSEST_ISOLATED === "1" ? isolation : {};
    await page.route(address, (route) => route.fulfill({ contentType: "text/html", headers, body: "" }));
    await page.goto(address);
    await page.evaluate(startWorker, await workerScript(path.join(project, "web", "timed.ts")));
    const about = (await ask(page, { about: true })) as Facts;
    await answerRequests({ step: (options: StepSize & Way) => taskIn(page, options) }, about);
    return 0;
  } finally {
    await browser.close();
  }
}

async function taskIn(page: Page, options: StepSize & Way): Promise<Task> {
  const name = `${options.layers}x${options.neurons} ${options.time} ${options.batch}`;
  const facts = (await ask(page, { open: name, options })) as Facts;
  return {
    facts,
    run: async () => (await ask(page, { run: name })) as number,
    // The browser may be gone by then, and all of it with that.
    close: () => void ask(page, { close: name }).catch(() => undefined),
  };
}

type Question<Given> = Given extends unknown ? Omit<Given, "number"> : never;

function ask(page: Page, question: Question<Asked>): Promise<unknown> {
  return page.evaluate((asked) => (globalThis as unknown as Asking).ask(asked), question);
}

interface Asking {
  ask(question: object): Promise<unknown>;
}

/** Runs in the page: answers come in the order in which was asked. */
function startWorker(script: string): void {
  const page = globalThis as unknown as {
    Worker: new (address: string) => {
      onmessage: (event: { data: { number: number; reply?: unknown; error?: string } }) => void;
      postMessage(asked: object): void;
    };
    URL: { createObjectURL(blob: Blob): string };
  } & Asking;
  const worker = new page.Worker(page.URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
  const waiting = new Map<number, { resolve(reply: unknown): void; reject(error: Error): void }>();
  let asked = 0;
  worker.onmessage = ({ data: { number, reply, error } }) => {
    const { resolve, reject } = waiting.get(number)!;
    waiting.delete(number);
    if (error === undefined) resolve(reply);
    else reject(new Error(error));
  };
  page.ask = (question) =>
    new Promise((resolve, reject) => {
      const number = asked++;
      waiting.set(number, { resolve, reject });
      worker.postMessage({ ...question, number });
    });
}
