/**
 * Standard output and error of the cells. Each write goes out at once while there are few; a flood is joined into
 * messages of many lines, as Jupyter's server drops what exceeds 1,000 messages a second.
 */
import { StringDecoder } from "node:string_decoder";
import { cut } from "./text";

/** Characters of one message: a much longer one would be too long to be written as JSON. */
const longest = 10_000_000;

export type StreamName = "stdout" | "stderr";

/** Messages that may go out at once, and how many a millisecond are added to them. */
const credit = { most: 100, perMillisecond: 0.4 };

export class Streams {
  private pending = { name: "stdout" as StreamName, text: "" };
  private credit = credit.most;
  private credited = performance.now();
  private timer?: NodeJS.Timeout;

  constructor(private readonly send: (name: StreamName, text: string) => void) {}

  /** From now on all that the process writes is sent. */
  capture(): void {
    this.captureOne("stdout");
    this.captureOne("stderr");
  }

  /** Sends what has been written so far: before any other message, so that the order is kept. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { name, text } = this.pending;
    this.pending = { name, text: "" };
    for (let rest = text; rest;) {
      const part = cut(rest, longest);
      this.send(name, part);
      rest = rest.slice(part.length);
    }
  }

  private write(name: StreamName, text: string): void {
    if (name !== this.pending.name || this.pending.text.length + text.length > longest) this.flush();
    this.pending = { name, text: this.pending.text + text };
    const now = performance.now();
    this.credit = Math.min(credit.most, this.credit + (now - this.credited) * credit.perMillisecond);
    this.credited = now;
    if (this.credit >= 1) {
      this.credit--;
      this.flush();
    } else {
      this.timer ??= setTimeout(() => this.flush(), 1 / credit.perMillisecond);
    }
  }

  private captureOne(name: StreamName): void {
    const decoder = new StringDecoder();
    process[name].write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
      const encoding = typeof rest[0] === "string" ? (rest[0] as BufferEncoding) : "utf8";
      const bytes = typeof chunk === "string" ? Buffer.from(chunk, encoding) : Buffer.from(chunk);
      this.write(name, decoder.write(bytes));
      const written = rest.at(-1);
      if (typeof written === "function") process.nextTick(written as () => void);
      return true;
    };
  }
}
