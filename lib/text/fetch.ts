/**
 * Files from the internet, politely, and the only file that reaches it. What comes stands on the disk whole or not at
 * all. Which address holds a book is in `gutenberg/mirrors.ts`, what the bytes say in `decode.ts`.
 */
import { createWriteStream } from "node:fs";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import fetch, { type Response } from "node-fetch";
import pRetry from "p-retry";
import { politely, rest, skipRest } from "./politely";
import type { OnProgress } from "./progress";
import { writeWhole } from "./whole";

const USER_AGENT = "palimpsest/0.1 (notebooks that train text generators; reads single books and keeps them)";
/** The longest `Retry-After` that is waited for, in milliseconds. */
const PATIENCE = 120_000;

export interface DownloadOptions {
  /** What a progress line calls it; the address by default. */
  readonly label?: string;
  readonly onProgress?: OnProgress;
  /** Milliseconds of silence after which a connection is given up, 20,000 by default. */
  readonly timeout?: number;
  /** How often to try again where that may help, 3 by default; a host that cannot be reached is tried twice. */
  readonly retries?: number;
  /** Milliseconds before the first of them, doubled for each further one, 1,000 by default. */
  readonly backOff?: number;
  /** Milliseconds between two requests to one host, 2,000 by default; none to this machine itself. */
  readonly gap?: number;
}

/** A file could not be had from the internet. */
export class DownloadError extends Error {
  override readonly name: string = "DownloadError";
  /** The cause alone, without the address and the way out. */
  readonly reason: string;

  constructor(message: string, options: ErrorOptions & { reason?: string } = {}) {
    super(message, options);
    this.reason = options.reason ?? message;
  }
}

/** There is no such file at that address. */
export class NotFoundError extends DownloadError {
  override readonly name = "NotFoundError";
}

/** There may be such a file, but not now: no connection, no answer in time, an answer that broke off, a busy server. */
export class UnreachableError extends DownloadError {
  override readonly name = "UnreachableError";
  /** How far a request came: to nobody, to a host that kept silent, or to one that answered. */
  readonly state: "unreached" | "silent" | "answered";

  constructor(
    message: string,
    options: ErrorOptions & { reason?: string; state?: UnreachableError["state"] } = {},
  ) {
    super(message, options);
    this.state = options.state ?? "unreached";
  }
}

/**
 * Downloads `url` into `file`: beside it first, and renamed once it is whole.
 *
 * @throws NotFoundError, UnreachableError, and DownloadError for all else, as for a web page where a text should be.
 */
export async function download(url: string, file: string, options: DownloadOptions = {}): Promise<void> {
  const { retries = 3, backOff = 1000, gap = isThisMachine(url) ? 0 : 2000 } = options;
  await writeWhole(file, (part) =>
    pRetry(() => politely(url, gap, () => attempt(url, part, options)), {
      retries,
      minTimeout: backOff,
      shouldRetry: ({ error, attemptNumber }) =>
        error instanceof UnreachableError &&
        (error.state === "answered" || (error.state === "unreached" && attemptNumber < 2)),
    }),
  );
}

async function attempt(url: string, part: string, options: DownloadOptions): Promise<void> {
  const { timeout = 20_000, label = url, onProgress } = options;
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(), timeout);
  let response: Response | undefined;
  let received = 0;
  try {
    // Without compression `content-length` counts the bytes of the file itself.
    response = await fetch(url, {
      headers: { "user-agent": USER_AGENT },
      compress: false,
      signal: silence.signal,
    });
    checkAnswer(url, response);
    const total = Number(response.headers.get("content-length")) || undefined;
    let reported = 0;
    const meter = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        timer.refresh();
        if (received === 0 && isWebPage(chunk)) return done(webPage(url));
        received += chunk.length;
        if (Date.now() - reported >= 100) {
          reported = Date.now();
          onProgress?.({ label, done: received, total, unit: "bytes" });
        }
        done(null, chunk);
      },
    });
    await pipeline(response.body as Readable, meter, createWriteStream(part));
    if (received === 0) throw answered(url, "answered with an empty file");
    if (total !== undefined && received < total) throw brokeOff(url, received, `of ${total}`);
    onProgress?.({ label, done: received, total: received, unit: "bytes" });
  } catch (error) {
    (response?.body as Readable | undefined)?.destroy();
    if (error instanceof DownloadError || isOfTheDisk(error)) throw error;
    const isSilent = silence.signal.aborted;
    const reason = isSilent ? `silent for ${timeout / 1000} s` : reasonOf(error as Error);
    if (response) throw brokeOff(url, received, reason, error);
    if (!isSilent) skipRest(url);
    throw new UnreachableError(
      `Could not reach ${url} (${reason}). Check the connection and the address, then try again.`,
      { cause: error, reason, state: isSilent ? "silent" : "unreached" },
    );
  } finally {
    clearTimeout(timer);
  }
}

/** Throws where the head of the answer says that no text will follow. */
function checkAnswer(url: string, response: Response): void {
  const { status, statusText, headers } = response;
  if (status === 404 || status === 410) {
    throw new NotFoundError(`There is no ${url} (${status}). Check the address.`);
  }
  if (status === 429 || status >= 500) {
    const wait = retryAfter(headers.get("retry-after"));
    if (wait > PATIENCE) {
      const reason = `asks to come back in ${Math.ceil(wait / 1000)} s (${status})`;
      throw new DownloadError(`${url} ${reason}. Do so.`, { reason });
    }
    rest(url, wait);
    throw answered(url, `answered ${status} ${statusText}`);
  }
  if (!response.ok) {
    const reason = `answered ${status} ${statusText}`;
    throw new DownloadError(`${url} ${reason}. Check the address.`, { reason });
  }
  if (/^(text\/html|application\/xhtml)/i.test(headers.get("content-type") ?? "")) throw webPage(url);
}

/** The milliseconds in a `Retry-After` header, which holds seconds or a date; 0 where it is absent or past. */
function retryAfter(header: string | null): number {
  if (!header) return 0;
  const seconds = Number(header);
  const wait = Number.isNaN(seconds) ? Date.parse(header) - Date.now() : seconds * 1000;
  return Math.max(0, wait || 0);
}

function isThisMachine(url: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(url).hostname);
}

function isWebPage(start: Buffer): boolean {
  return /^\s*<(!doctype html|html)/i.test(start.subarray(0, 200).toString("latin1"));
}

function webPage(url: string): DownloadError {
  const reason = "is a web page, not a plain text";
  return new DownloadError(`${url} ${reason}. Give the address of the text itself.`, { reason });
}

function brokeOff(url: string, received: number, why: string, cause?: unknown): UnreachableError {
  return answered(url, `broke off after ${received} bytes (${why})`, cause);
}

function answered(url: string, reason: string, cause?: unknown): UnreachableError {
  return new UnreachableError(`${url} ${reason}. Try again later.`, { cause, reason, state: "answered" });
}

/** node-fetch puts the address before the reason, which every message here has already. */
function reasonOf(error: Error): string {
  return error.message.replace(/^request to .* failed, reason: /, "");
}

function isOfTheDisk(error: unknown): boolean {
  return ["open", "write", "close"].includes((error as NodeJS.ErrnoException).syscall ?? "");
}
