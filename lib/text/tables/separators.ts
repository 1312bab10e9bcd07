/** Short texts with a separator between them. */
import { decodeString, normalise } from "../encoding/decode";
import type { ShortTexts } from "./short-texts";

/**
 * Whether characters of a separator are left out where a text is read, as a form feed is. Such a one is looked for in the text as
 * it stands.
 */
export function isLeftOut(separator: string): boolean {
  return normalise(separator) !== inLineFeeds(separator).normalize("NFC");
}

/**
 * The texts between separators. Line ends are the same in all their forms, and so are letters with accents.
 *
 * @param content as it stands where the separator is left out, see `isLeftOut`
 * @param options.name what a notice calls it
 * @example cutAt("one\ftwo", { separator: "\f", name: "a.txt" }).texts // [{ content: "one" }, { content: "two" }]
 */
export function cutAt(
  content: string,
  { separator, name }: { readonly separator: string; readonly name: string },
): ShortTexts {
  if (!isLeftOut(separator)) return { texts: named(content.split(normalise(separator))), notices: [] };
  const pieces = inLineFeeds(content).split(inLineFeeds(separator));
  return { texts: named(pieces), notices: decodeString(pieces.join("\n"), name).notices };
}

function named(pieces: readonly string[]): ShortTexts["texts"] {
  return pieces.map((content) => ({ content }));
}

function inLineFeeds(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}
