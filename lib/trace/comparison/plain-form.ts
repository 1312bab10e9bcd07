/**
 * The form in which texts and samples are compared, however they were typed, saved or sent: lines end in "\n", what can be
 * written as one character is one (Unicode Normalization Form C), and what nobody sees is left out.
 */
import type { Edited } from "./edits";
import { replaced } from "./replaced";

/**
 * What nobody sees, as a class of a regular expression: control characters but tab and those that end lines; soft hyphen;
 * joiners and other characters without width, also as a byte order mark; selectors of variants, as of a coloured heart; marks,
 * embeddings and isolates of writing direction. The Unicode Collation Algorithm passes over them as well.
 */
const unseen =
  "\\u0000-\\u0008\\u000c\\u000e-\\u001f\\u007f\\u00ad\\u034f\\u061c\\u180b-\\u180f\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufe00-\\ufe0f\\ufeff";

/** What ends a line beside a line feed and a carriage return: vertical tab, next line, line and paragraph separator. */
const lineEnds = "\\u000b\\u0085\\u2028\\u2029";
const isLineEnd = new RegExp(`[\\r${lineEnds}]`);

// eslint-disable-next-line no-misleading-character-class -- each character of the class by itself is meant
const unseenOrLineEnd = new RegExp(`\\r\\r?\\n|[\\r${lineEnds}]|[${unseen}]+`, "g");
// eslint-disable-next-line no-misleading-character-class -- as above
const someUnseenOrLineEnd = new RegExp(`[\\r${lineEnds}${unseen}]`);

/** As a white space that ends no line, but is a control character: form feed. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const feeds = /\u000c/g;

const beyondLatin1 = /[^\u0000-\u00ff]/; // eslint-disable-line no-control-regex -- all of Latin-1 is meant

/** Whether a text is in that form already, as most are. */
export function isPlain(text: string): boolean {
  return !someUnseenOrLineEnd.test(text) && isComposed(text);
}

/**
 * A text in that form.
 *
 * @param feedsAreSpaces whether form feeds are white space, instead of being left out
 * @example plainForm("cafe\u0301\r\n").content // "café\n"
 */
export function plainForm(text: string, { feedsAreSpaces }: { readonly feedsAreSpaces: boolean }): Edited {
  // One unit for one, so that no place moves.
  const content = feedsAreSpaces ? text.replace(feeds, " ") : text;
  const seen = replaced({ content, edits: [] }, unseenOrLineEnd, ([first]) =>
    isLineEnd.test(first) ? "\n" : "",
  );
  return isComposed(seen.content) ? seen : replaced(seen, composable(), (found) => found.normalize("NFC"));
}

/**
 * Latin-1 has no character that could be composed, and no other writing of one. Marks in their thousands on one letter are left
 * as they are: to put them in order takes a time that grows with the square of their number.
 */
function isComposed(text: string): boolean {
  return !beyondLatin1.test(text) || heaped.test(text) || text.normalize("NFC") === text;
}

const heaped = /\p{M}{1000}/u;

/**
 * Characters after which a text is put together with what is before them: marks, vowels and final consonants of Hangul, vowels
 * of Kirat Rai.
 */
const following = "\\p{M}\\u1160-\\u11ff\\ud7b0-\\ud7ff\\u{16d63}-\\u{16d6a}";

let pattern: RegExp | undefined;

/** Each character with what may be put together with it, and each that has another writing of its own. */
function composable(): RegExp {
  pattern ??= new RegExp(`[^${following}]?[${following}]+|[${otherWritings()}]`, "gu");
  return pattern;
}

/** Characters that Form C writes otherwise though they stand alone, as the Kelvin sign, as a class of a regular expression. */
function otherWritings(): string {
  const ranges = [
    [0x340, 0xffff],
    [0x1d15e, 0x1d1c0],
    [0x2f800, 0x2fa1d],
  ];
  return ranges
    .flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, index) => first + index))
    .filter((point) => String.fromCodePoint(point).normalize("NFC") !== String.fromCodePoint(point))
    .map((point) => `\\u{${point.toString(16)}}`)
    .join("");
}
