/** Values as text. A getter, a Proxy or a method of a cell's value may throw: it is still shown, as far as it can be. */
import { inspect } from "node:util";

/** Characters of one value; a front end that gets hundreds of millions stands still. */
const longest = 10_000_000;

/** As `console.log` would print it, but no more than `most` characters. Never throws. */
export function asText(value: unknown, most = longest): string {
  if (typeof value === "string") return shorten(value, most);
  const text = attempt(() => inspect(value)) ?? attempt(() => inspect(value, { customInspect: false }));
  return shorten(text ?? unshown(value), most);
}

/** What `read` gives, or undefined where it throws. */
export function attempt<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** At most so many characters from its beginning; none of them is halved. */
export function cut(text: string, most: number): string {
  const isHalved = /[\ud800-\udbff]/.test(text[most - 1] ?? "");
  return text.slice(0, isHalved && most < text.length ? most - 1 : most);
}

/**
 * A text in which U+FFFD stands for each half of a character: Jupyter, which is written in Python, could not save a notebook
 * with such a half.
 */
export function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}

function shorten(text: string, most: number): string {
  const start = cut(text, most);
  const rest = text.length - start.length;
  const shown = wellFormed(start);
  return rest ? `${shown}… ${rest.toLocaleString("en")} more characters` : shown;
}

function unshown(value: unknown): string {
  return `[a value of type ${typeof value} that throws when it is shown]`;
}
