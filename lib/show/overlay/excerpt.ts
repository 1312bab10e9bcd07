/** A passage in its book, with the text around it. */
import type { Part, Text } from "../../text/text";

export interface Excerpt {
  readonly before: string;
  readonly passage: string;
  readonly after: string;
}

/** What a cut leaves of a character and of a word; where there are no words, none are taken off. */
const brokenStart = /^[\udc00-\udfff]?(\S{0,40}\s)?/;
const brokenEnd = /(\s\S{0,40})?[\ud800-\udbff]?$/;

/**
 * The text around a passage, cut between words, with an ellipsis where it goes on.
 *
 * @param offset where the passage begins in the whole text, of which `text` may be a part
 * @param around how many UTF-16 units are shown on each side at the most
 * @example excerptOf(text, 8, 3, { around: 6 }) // { before: "…the ", passage: "cat", after: " sat…" }
 */
export function excerptOf(
  text: Text | Part,
  offset: number,
  length: number,
  { around }: { readonly around: number },
): Excerpt {
  const start = offset - ("start" in text ? text.start : 0);
  const end = start + length;
  const first = Math.max(0, start - around);
  const words = sliceOf(text, first, end + around + 1);
  const before = words.slice(0, start - first);
  const after = words.slice(end - first, end - first + around);
  return {
    before: start > around ? `…${before.replace(brokenStart, "").trimStart()}` : before,
    passage: words.slice(start - first, end - first),
    after: words.length > end - first + around ? `${after.replace(brokenEnd, "").trimEnd()}…` : after,
  };
}

/**
 * The words of the whole text from `start` to `end`, as far as there are any.
 *
 * @param text of which there may be only a part
 */
export function wordsBetween(
  text: Text | Part,
  start: number,
  end: number,
): { start: number; words: string } {
  const first = "start" in text ? text.start : 0;
  const from = Math.max(0, start - first);
  return { start: first + from, words: sliceOf(text, from, Math.max(from, end - first)) };
}

/** A piece of a text; of one that lies on disk nothing else is read. */
function sliceOf(text: Text | Part, from: number, to: number): string {
  return text.slice ? text.slice(from, to) : text.content.slice(from, to);
}
