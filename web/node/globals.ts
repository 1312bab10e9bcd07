/** What `lib` asks of Node's global objects, for a worker of a page: put into the bundle wherever they are named. */

/** Bytes and the strings that they hold. */
class Bytes extends Uint8Array<ArrayBuffer> {
  /** The low byte of each UTF-16 unit, as far as there is room. */
  write(text: string, encoding: "latin1"): number {
    if (encoding !== "latin1") throw new Error(`Expected the encoding latin1, got ${encoding}`);
    const length = Math.min(text.length, this.length);
    for (let at = 0; at < length; at++) this[at] = text.charCodeAt(at);
    return length;
  }

  override toString(encoding: "utf16le" = "utf16le", start = 0, end = this.length): string {
    if (encoding !== "utf16le") throw new Error(`Expected the encoding utf16le, got ${encoding}`);
    return new TextDecoder("utf-16le", { ignoreBOM: true }).decode(this.subarray(start, end));
  }
}

/** Of Node's class no more than tracing needs. */
export const Buffer = { from: (source: ArrayBuffer): Bytes => new Bytes(source) };

/** A page is interrupted by its buttons, not by signals, and has no environment. */
export const process = {
  env: {} as Record<string, string | undefined>,
  rawListeners: (): unknown[] => [],
  on: (): void => undefined,
  removeListener: (): void => undefined,
};
