/** What two texts are compared by: their characters as they are, or without case, line breaks, typographic quotes. */
import { rankOf } from "../text/lines";

export interface ComparisonOptions {
  /**
   * Whether letters are the same in upper and lower case, by Unicode's simple case folding, which takes one character
   * for one: "Σ", "σ" and "ς" are the same, "ß" and "ss" are not.
   */
  readonly ignoreCase?: boolean;
  /** Whether white space of any kind and length is the same as one space, so that a line break is. */
  readonly collapseWhitespace?: boolean;
  /** Whether typographic quotes, apostrophes and dashes are the same as " ' and -. */
  readonly foldQuotes?: boolean;
}

/** A text as it is compared. */
export interface Compared {
  readonly content: string;
  /** The places of the spaces in `content` that stand for several characters. */
  readonly spaces: Uint32Array;
  /** How many characters are left out up to each of them, it included. */
  readonly leftOut: Uint32Array;
}

/**
 * Where a place of `content` is in the text itself.
 *
 * @example originalPlace(comparison({ collapseWhitespace: true })("The\n cat"), 4) // 5
 */
export function originalPlace({ spaces, leftOut }: Omit<Compared, "content">, at: number): number {
  return spaces.length === 0 ? at : at + (leftOut[rankOf(spaces, at - 1) - 1] ?? 0);
}

/**
 * How a text is made ready for comparison.
 *
 * @example comparison({ ignoreCase: true, collapseWhitespace: true })("The\n cat").content // "the cat"
 */
export function comparison(options: ComparisonOptions = {}): (text: string) => Compared {
  const { ignoreCase = false, collapseWhitespace = false, foldQuotes = false } = options;
  if (!ignoreCase && !collapseWhitespace && !foldQuotes) return asItIs;
  const units = unitsFor({ ignoreCase, collapseWhitespace, foldQuotes });
  return (text) => folded(text, units, { ignoreCase, collapseWhitespace });
}

const none = new Uint32Array(0);

function asItIs(content: string): Compared {
  return { content, spaces: none, leftOut: none };
}

const space = 0x20;

/** How many characters are written in one go. */
const chunk = 2 ** 16;

/** @param units what each UTF-16 unit becomes: [65536] */
function folded(
  text: string,
  units: Uint16Array,
  { ignoreCase, collapseWhitespace }: ComparisonOptions,
): Compared {
  const pieces: string[] = [];
  const piece = new Uint16Array(chunk);
  const bytes = Buffer.from(piece.buffer);
  let filled = 0;
  let length = 0;
  // The spaces of `content` that stand for several characters, and how many characters are left out up to each.
  const spaces: number[] = [];
  const leftOut: number[] = [];
  let isSpace = false;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    let symbol = units[unit];
    if (collapseWhitespace) {
      const follows = isSpace;
      isSpace = symbol === space;
      if (isSpace && follows) {
        if (spaces[spaces.length - 1] === length - 1) leftOut[leftOut.length - 1]++;
        else {
          spaces.push(length - 1);
          leftOut.push((leftOut[leftOut.length - 1] ?? 0) + 1);
        }
        continue;
      }
    }
    if (filled > chunk - 2) {
      pieces.push(bytes.toString("utf16le", 0, 2 * filled));
      filled = 0;
    }
    if (ignoreCase && (unit & 0xfc00) === 0xd800) {
      const pair = text.codePointAt(at) as number;
      if (pair > 0xffff) {
        const letter = foldCase(String.fromCodePoint(pair));
        piece[filled++] = letter.charCodeAt(0);
        symbol = letter.charCodeAt(1);
        length++;
        at++;
      }
    }
    piece[filled++] = symbol;
    length++;
  }
  pieces.push(bytes.toString("utf16le", 0, 2 * filled));
  return { content: pieces.join(""), spaces: Uint32Array.from(spaces), leftOut: Uint32Array.from(leftOut) };
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

/** Quotes (also angular, low and reversed ones, and primes), apostrophes, and hyphens, dashes and the minus sign. */
const quotes = {
  '"': "“”„‟″«»",
  "'": "‘’‚‛′ʼ‹›",
  "-": "‐‑‒–—―−",
};

/** Simple case folding: through the upper to the lower case, where that is one character for one. */
function foldCase(letter: string): string {
  if (letter === "ı") return letter; // Without a dot it is a letter of its own, though its upper case is I.
  const upper = letter.toUpperCase();
  const lower = (upper.length === letter.length ? upper : letter).toLowerCase();
  return lower.length === letter.length ? lower : letter;
}
