/**
 * A page in Debian's Firefox, driven by WebDriver BiDi (https://w3c.github.io/webdriver-bidi): Playwright drives a Firefox of its
 * own alone. As much of it as a test needs that runs code in a page.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { WebSocket } from "ws";

/** Where Firefox is; undefined where there is none. */
export function firefoxPath(): string | undefined {
  const places = [process.env.FIREFOX_PATH, "/usr/bin/firefox-esr", "/usr/bin/firefox"];
  return places.find((place) => place && existsSync(place));
}

interface Answer {
  readonly id?: number;
  readonly type: "success" | "error" | "event";
  readonly message?: string;
  readonly result?: unknown;
}

/** What code in the page gives: a primitive value, or what it throws. */
interface Evaluated {
  readonly result?: { readonly value?: unknown };
  readonly exceptionDetails?: { readonly text: string };
}

/** Firefox with one tab and a profile of its own. */
export class FirefoxPage {
  private readonly waiting = new Map<number, (answer: Answer) => void>();
  private asked = 0;
  private context = "";

  private constructor(
    private readonly firefox: ChildProcess,
    private readonly profile: string,
    private readonly socket: WebSocket,
  ) {
    socket.on("message", (data) => {
      const answer = JSON.parse(String(data)) as Answer;
      this.waiting.get(answer.id ?? 0)?.(answer);
      this.waiting.delete(answer.id ?? 0);
    });
  }

  /** @param program as `firefoxPath` finds it */
  static async start(program: string): Promise<FirefoxPage> {
    const profile = await mkdtemp(path.join(os.tmpdir(), "palimpsest-firefox-"));
    const args = ["--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0"];
    const firefox = spawn(program, args, { stdio: ["ignore", "ignore", "pipe"] });
    const socket = new WebSocket(`${await addressOf(firefox)}/session`);
    await once(socket, "open");
    const page = new FirefoxPage(firefox, profile, socket);
    await page.send("session.new", { capabilities: {} });
    const { context } = await page.send<{ context: string }>("browsingContext.create", { type: "tab" });
    page.context = context;
    return page;
  }

  async open(url: string): Promise<void> {
    await this.send("browsingContext.navigate", { context: this.context, url, wait: "complete" });
  }

  /** What an expression gives in the page, a promise's value where it is one. */
  async evaluate<Value>(expression: string): Promise<Value> {
    const { result, exceptionDetails } = await this.send<Evaluated>("script.evaluate", {
      expression,
      target: { context: this.context },
      awaitPromise: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.text);
    return result?.value as Value;
  }

  /** Waits until an expression holds in the page. Throws where it does not within three minutes. */
  async waitFor(expression: string): Promise<void> {
    const end = performance.now() + 180_000;
    while (!(await this.evaluate<boolean>(`Boolean(${expression})`))) {
      if (performance.now() > end) throw new Error(`Expected in the page: ${expression}`);
      await pause(100);
    }
  }

  async close(): Promise<void> {
    const ended = once(this.firefox, "exit");
    this.firefox.kill();
    await ended;
    await rm(this.profile, { recursive: true, force: true });
  }

  private async send<Result>(method: string, params: object): Promise<Result> {
    const id = ++this.asked;
    const answered = new Promise<Answer>((resolve) => this.waiting.set(id, resolve));
    this.socket.send(JSON.stringify({ id, method, params }));
    const { type, message, result } = await answered;
    if (type === "error") throw new Error(`${method}: ${message}`);
    return result as Result;
  }
}

/** Firefox says on its standard error where it listens. */
function addressOf(firefox: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    firefox.stderr!.setEncoding("utf8").on("data", (words: string) => {
      said += words;
      const [, address] = /WebDriver BiDi listening on (ws:\S+)/.exec(said) ?? [];
      if (address) resolve(address);
    });
    firefox.once("error", reject);
    firefox.once("exit", () => reject(new Error(`Firefox has ended: ${said}`)));
  });
}
