/**
 * Files from the internet, politely, and the only file that reaches it. A file is kept only when all of it has come and
 * nothing shows that it is something else. Which address holds a book is in `gutenberg/mirrors.ts`, what the bytes say
 * in `decode.ts`. It is longer than other files because no other may name what reaches the internet.
 */
import { echo } from "../../base/echo";
import { createWriteStream } from "node:fs";
import { type Readable, PassThrough, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import fetch, { type Response } from "node-fetch";
import pRetry from "p-retry";
import { politely, rest, skipRest } from "./rate-limit";
import type { OnProgress } from "../../base/progress";
import { headOf, unlikeText } from "./unlike-text";
import { writeWhole } from "../../base/files/atomic-write";

const USER_AGENT = "palimpsest/0.1 (notebooks that train text generators; reads single books and keeps them)";
/** The longest `Retry-After` that is waited for, in milliseconds. */
const PATIENCE = 120_000;

export interface DownloadOptions {
  /** What a progress line calls it; the address by default. */
  readonly label?: string;
  readonly onProgress?: OnProgress;
  /** Milliseconds that a download may take in all, further tries included; half an hour by default. */
  readonly maxTime?: number;
  /** Bytes that a file may have; 1 GiB by default. */
  readonly maxBytes?: number;
  /** Looks at a file that has come, before it is kept. */
  readonly check?: Check;
  /** Whether it may be a document, such as a PDF, which is read in `documents/` (default: false). */
  readonly documents?: boolean;
  /** Milliseconds of silence after which a connection is given up, 20,000 by default. */
  readonly timeout?: number;
  /** How often to try again where that may help, 3 by default; a host that cannot be reached is tried twice. */
  readonly retries?: number;
  /** Milliseconds before the first of them, doubled for each further one, 1,000 by default. */
  readonly backOff?: number;
  /** Milliseconds between two requests to one host, 2,000 by default; none to this machine itself. */
  readonly gap?: number;
}

/** What a look at a file says. */
export interface Checked {
  /** Why it is not what was asked for, as the end of the sentence "it is …"; absent where it is. */
  readonly problem?: string;
  /** Whether the file's own end shows that all of it has come, for servers that do not say how long it is. */
  readonly isComplete?: boolean;
}

export type Check = (file: string) => Promise<Checked>;

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
 * Downloads `url` into `file`: beside it first, and renamed once all of it has come.
 *
 * @throws NotFoundError, UnreachableError, and DownloadError for all else, such as a web page where a text should be.
 */
export async function download(url: string, file: string, options: DownloadOptions = {}): Promise<void> {
  if (!URL.canParse(url) || !/^https?:/i.test(url))
    throw new Error(`Expected an http(s) address, got ${echo(url)}`);
  const { retries = 3, backOff = 1000, gap = isThisMachine(url) ? 0 : 2000 } = options;
  let end: number | undefined;
  await writeWhole(file, (part) =>
    pRetry(
      () =>
        politely(url, gap, () => {
          end ??= Date.now() + (options.maxTime ?? 1_800_000);
          return attempt(url, part, end, options);
        }),
      {
        retries,
        minTimeout: backOff,
        shouldRetry: ({ error, attemptNumber }) =>
          error instanceof UnreachableError &&
          (error.state === "answered" || (error.state === "unreached" && attemptNumber < 2)),
      },
    ),
  );
}

/** @param end the time by which it must have come, in milliseconds since 1970 */
async function attempt(url: string, part: string, end: number, options: DownloadOptions): Promise<void> {
  const { timeout = 20_000, maxBytes = 2 ** 30, label = url, onProgress } = options;
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(), timeout);
  const late = new AbortController();
  const limit = setTimeout(() => late.abort(), Math.max(0, end - Date.now()));
  let response: Response | undefined;
  let received = 0;
  try {
    // Without compression `content-length` counts the bytes of the file itself.
    response = await fetch(url, {
      headers: { "user-agent": USER_AGENT, "accept-encoding": "identity" },
      compress: false,
      signal: AbortSignal.any([silence.signal, late.signal]),
    });
    checkAnswer(url, response);
    const total = Number(response.headers.get("content-length")) || undefined;
    if (total !== undefined && total > maxBytes) throw tooLarge(url, total, maxBytes);
    let reported = 0;
    const meter = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        timer.refresh();
        received += chunk.length;
        if (received > maxBytes) return done(tooLarge(url, received, maxBytes));
        if (Date.now() - reported >= 100) {
          reported = Date.now();
          onProgress?.({ label, done: received, total, unit: "bytes" });
        }
        done(null, chunk);
      },
    });
    const unpacked = isGzipped(response) ? createGunzip() : new PassThrough();
    await pipeline(response.body as Readable, meter, unpacked, createWriteStream(part));
    if (received === 0) throw answered(url, "answered with an empty file");
    if (total !== undefined && received < total) throw brokeOff(url, received, `of ${total}`);
    await checkFile(url, part, isLengthKnown(response), options);
    onProgress?.({ label, done: received, total: received, unit: "bytes" });
  } catch (error) {
    (response?.body as Readable | undefined)?.destroy();
    if (error instanceof DownloadError || isOfTheDisk(error)) throw error;
    if (late.signal.aborted) {
      const reason = `had not sent all of the file in time (${received} bytes)`;
      throw new UnreachableError(`${url} ${reason}. Try again later, or give it more \`maxTime\`.`, {
        cause: error,
        reason,
        state: "silent",
      });
    }
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
    clearTimeout(limit);
  }
}

/** Throws where what has come is not what was asked for, or may be a part of it. */
async function checkFile(
  url: string,
  part: string,
  isComplete: boolean,
  { check, documents }: Pick<DownloadOptions, "check" | "documents">,
): Promise<void> {
  const kind = unlikeText(await headOf(part), url, { documents });
  if (kind !== undefined) throw noText(url, kind);
  const found: Checked = (await check?.(part)) ?? {};
  if (found.problem !== undefined) {
    const reason = `is ${found.problem}`;
    throw new DownloadError(`${url} ${reason}. Check the address.`, { reason });
  }
  if (!isComplete && !found.isComplete) {
    const reason = "does not say how long the file is, so that a part of it could be taken for the whole";
    throw new DownloadError(
      `${url} ${reason}. Save it with a browser, look at its end, and name the file instead.`,
      { reason },
    );
  }
}

/** Whether the end of an answer can be told from a broken connection. */
function isLengthKnown({ headers }: Response): boolean {
  return (
    headers.has("content-length") ||
    /\bchunked\b/i.test(headers.get("transfer-encoding") ?? "") ||
    headers.get("content-encoding") === "gzip"
  );
}

/** Some servers pack what they send though they are asked not to. */
function isGzipped({ headers }: Response): boolean {
  return headers.get("content-encoding") === "gzip";
}

/** Throws where the head of the answer says that no text will follow. */
function checkAnswer(url: string, response: Response): void {
  const { status, statusText, headers } = response;
  if (!/^https?:/i.test(response.url)) {
    const reason = "leads to something that is no file of the internet";
    throw new DownloadError(`${url} ${reason}. Check the address.`, { reason });
  }
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
  if (status !== 200 && status !== 203) {
    const reason = `answered ${status} ${statusText}`;
    throw new DownloadError(`${url} ${reason}. Check the address.`, { reason });
  }
  const encoding = headers.get("content-encoding") ?? "identity";
  if (!["identity", "gzip"].includes(encoding)) {
    const reason = `is packed in a way that was not asked for (${encoding})`;
    throw new DownloadError(`${url} ${reason}. Save it with a browser and name the file instead.`, {
      reason,
    });
  }
  if (/^(text\/html|application\/xhtml)/i.test(headers.get("content-type") ?? ""))
    throw noText(url, "a web page");
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

function tooLarge(url: string, bytes: number, maxBytes: number): DownloadError {
  const reason = `has ${bytes} bytes or more, and at most ${maxBytes} are taken`;
  return new DownloadError(
    `${url} ${reason}. Raise \`maxBytes\`, or download it yourself and name the file.`,
    {
      reason,
    },
  );
}

function noText(url: string, kind: string): DownloadError {
  const reason = `is ${kind}, not a plain text`;
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
