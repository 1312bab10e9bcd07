/**
 * What two texts are compared by: their characters in the form of `plain-form.ts`, or also without case, line breaks and
 * typographic forms.
 */
import type { Edited } from "./edits";
import { EditsWriter } from "./replaced";
import { isPlain, plainForm } from "./plain-form";
import { foldTypography, otherDashes } from "./typography";

export interface ComparisonOptions {
  /**
   * Whether letters are the same in upper and lower case, by Unicode's simple case folding, which takes one character
   * for one: "Σ", "σ" and "ς" are the same, "ß" and "ss" are not.
   */
  readonly ignoreCase?: boolean;
  /** Whether white space of any kind and length is the same as one space, so that a line break is. */
  readonly collapseWhitespace?: boolean;
  /**
   * Whether typographic forms are the same as plain ones: quotes and apostrophes, dashes as "—" and "--", hyphens within words
   * or none, points of omission, letters tied together as "ﬁ", and "_" around italics or none. With white space collapsed, a
   * hyphen at a line's end too, and white space around dashes and points of omission or none.
   */
  readonly foldQuotes?: boolean;
}

/** Makes a text ready for comparison. */
export type Compare = (text: string | { readonly content: string }) => Edited;

/**
 * How a text is made ready for comparison. Where what came of it begins and ends in the text itself, `startIn` and `endIn` say.
 *
 * @example comparison({ ignoreCase: true, collapseWhitespace: true })("The\n cat").content // "the cat"
 */
export function comparison(options: ComparisonOptions = {}): Compare {
  const { ignoreCase = false, collapseWhitespace = false, foldQuotes = false } = options;
  const isExact = !ignoreCase && !collapseWhitespace && !foldQuotes;
  const units = isExact ? undefined : unitsFor({ ignoreCase, collapseWhitespace, foldQuotes });
  return (text) => {
    const plain = plainFormOf(text, collapseWhitespace);
    if (!units) return plain;
    const typed = foldQuotes ? foldTypography(plain, { ignoresSpace: collapseWhitespace }) : plain;
    return folded(typed, units, { ignoreCase, collapseWhitespace });
  };
}

/** A text in the plain form, and what it was made of. */
interface Plain {
  readonly content: string;
  readonly feedsAreSpaces: boolean;
  readonly plain: Edited;
}

/** The plain forms of texts, so that one that is traced in over and over is read through once. */
const known = new WeakMap<object, Plain>();

function plainFormOf(text: string | { readonly content: string }, feedsAreSpaces: boolean): Edited {
  const content = typeof text === "string" ? text : text.content;
  const kept = typeof text === "string" ? undefined : known.get(text);
  if (kept?.content === content && kept.feedsAreSpaces === feedsAreSpaces) return kept.plain;
  const plain = isPlain(content) ? { content, edits: [] } : plainForm(content, { feedsAreSpaces });
  // What is read from disk each time is not to be kept.
  if (typeof text !== "string" && !Object.getOwnPropertyDescriptor(text, "content")?.get)
    known.set(text, { content, feedsAreSpaces, plain });
  return plain;
}

const space = 0x20;

/** How many characters are written in one go. */
const chunk = 2 ** 16;

/** @param units what each UTF-16 unit becomes: [65536] */
function folded(
  { content: text, edits }: Edited,
  units: Uint16Array,
  { ignoreCase, collapseWhitespace }: ComparisonOptions,
): Edited {
  const pieces: string[] = [];
  const piece = new Uint16Array(chunk);
  const bytes = Buffer.from(piece.buffer);
  let filled = 0;
  const writer = new EditsWriter();
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    let symbol = units[unit];
    if (filled > chunk - 2) {
      pieces.push(bytes.toString("utf16le", 0, 2 * filled));
      filled = 0;
    }
    if (collapseWhitespace && symbol === space) {
      const first = at;
      while (units[text.charCodeAt(at + 1)] === space) at++;
      if (at > first) writer.add(first, at + 1, 1);
    } else if (ignoreCase && (unit & 0xfc00) === 0xd800) {
      const pair = text.codePointAt(at) as number;
      if (pair > 0xffff) {
        const letter = foldCase(String.fromCodePoint(pair));
        piece[filled++] = letter.charCodeAt(0);
        symbol = letter.charCodeAt(1);
        at++;
      }
    }
    piece[filled++] = symbol;
  }
  pieces.push(bytes.toString("utf16le", 0, 2 * filled));
  return { content: pieces.join(""), edits: writer.length === 0 ? edits : [...edits, writer.edits()] };
}

const tables = new Map<string, Uint16Array>();

/** What each UTF-16 unit becomes: [65536]. */
function unitsFor(options: Required<ComparisonOptions>): Uint16Array {
  const key = JSON.stringify(options);
  const known = tables.get(key);
  if (known) return known;
  const units = Uint16Array.from({ length: 0x10000 }, (_, unit) => unit);
  if (options.ignoreCase) {
    units.forEach((unit) => (units[unit] = foldCase(String.fromCharCode(unit)).charCodeAt(0)));
  }
  if (options.foldQuotes) {
    for (const [plain, typographic] of Object.entries(quotes)) {
      for (const quote of typographic) units[quote.charCodeAt(0)] = plain.charCodeAt(0);
    }
  }
  if (options.collapseWhitespace) {
    units.forEach((_, unit) => /\s/.test(String.fromCharCode(unit)) && (units[unit] = space));
  }
  tables.set(key, units);
  return units;
}

/**
 * Quotes (also angular, low and reversed ones, accents and primes), apostrophes, long s, and hyphens, dashes and the
 * minus sign.
 */
const quotes = {
  '"': "“”„‟″‶«»〝〞〟＂",
  "'": "‘’‚‛′‵ʼ‹›`´＇",
  s: "ſ",
  "-": otherDashes,
};

/** Simple case folding: through the upper to the lower case, where that is one character for one. */
function foldCase(letter: string): string {
  const own = foldings.get(letter);
  if (own !== undefined) return own;
  const upper = letter.toUpperCase();
  const lower = (upper.length === letter.length ? upper : letter).toLowerCase();
  return lower.length === letter.length ? lower : letter;
}

/** Foldings that do not follow from upper and lower case, and those of Unicode 15.1 to 17 that an older engine does not know. */
const foldings = new Map([
  ["ı", "ı"], // Without a dot it is a letter of its own, though its upper case is I.
  ...pairs("\u{1fd3}\u{390} \u{1fe3}\u{3b0} \u{fb05}\u{fb06}"), // 15.1
  ...pairs("\u{1c89}\u{1c8a} \u{a7cb}\u{264} \u{a7cc}\u{a7cd} \u{a7da}\u{a7db} \u{a7dc}\u{19b}"), // 16
  ...pairs("\u{a7ce}\u{a7cf} \u{a7d2}\u{a7d3} \u{a7d4}\u{a7d5}"), // 17
  ...shifted(0x10d50, 0x10d65, 0x20), // 16: Garay
  ...shifted(0x16ea0, 0x16eb8, 0x1b), // 17: Beria Erfe
]);

function pairs(words: string): [string, string][] {
  return words.split(" ").map((word) => Array.from(word) as [string, string]);
}

function shifted(first: number, last: number, by: number): [string, string][] {
  return Array.from({ length: last - first + 1 }, (_, index) => [
    String.fromCodePoint(first + index),
    String.fromCodePoint(first + index + by),
  ]);
}
