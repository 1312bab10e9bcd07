/** Tracing as its definition says, slowly: the oracle of `trace.test.ts`. */
import type { Part, Text } from "../../lib/text/text";
import type { Passage, TraceOptions } from "../../lib/trace/trace";

/** The same passages as `trace` finds, every stretch looked up at every place of every text. */
export function traceByHand(
  sample: string,
  texts: readonly (Text | Part)[],
  options: TraceOptions = {},
): Passage[] {
  const { minLength = 20, maxOccurrences = 100 } = options;
  const own = letters(sample, options);
  const books = texts.map(({ content }) => letters(content, options));
  const stretches = [...own.keys()]
    .flatMap((start) => [...own.keys()].map((last) => ({ start, end: last + 1, places: [] as Place[] })))
    .filter(({ start, end }) => lengthOf(own.slice(start, end)) >= minLength);
  for (const stretch of stretches) {
    const { start, end } = stretch;
    const [first, last] = [own[start].start, own[end - 1].end];
    stretch.places = books.flatMap((book, text) =>
      placesIn(own.slice(start, end), book).map(({ offset, length }) => {
        const whole = texts[text];
        const { start: before, firstLine } = "start" in whole ? whole : { start: 0, firstLine: 1 };
        const line = firstLine - 1 + whole.content.slice(0, offset).split(/\r\n?|\n/).length;
        const place = { text, offset: before + offset, line };
        return length === last - first ? place : { ...place, length };
      }),
    );
  }
  const copied = stretches.filter((stretch) => stretch.places.length > 0);
  const maximal = copied.filter((one) => !copied.some((other) => other !== one && contains(other, one)));
  return maximal.map(({ start, end, places }) => ({
    start: own[start].start,
    end: own[end - 1].end,
    length: lengthOf(own.slice(start, end)),
    count: places.length,
    sources: texts
      .map((_, text) => ({ text, count: places.filter((place) => place.text === text).length }))
      .filter(({ count }) => count > 0),
    occurrences: texts.flatMap((_, text) =>
      places.filter((place) => place.text === text).slice(0, maxOccurrences),
    ),
  }));
}

type Place = Passage["occurrences"][number];

interface Interval {
  start: number;
  end: number;
}

/** A code point as it is compared, and where it stands in the text. */
interface Letter extends Interval {
  as: string;
}

function contains(outer: Interval, inner: Interval): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** In UTF-16 units: white space as one space, and none at the ends; 0 where there is neither letter nor digit nor picture. */
function lengthOf(letters: readonly Letter[]): number {
  const words = letters.map(({ as }) => as).join("");
  return /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(words) ? words.trim().replace(/\s+/g, " ").length : 0;
}

/** Of the letters that change their length with their case only those are known here that occur in the tests. */
function letters(text: string, { ignoreCase, collapseWhitespace, foldQuotes }: TraceOptions): Letter[] {
  const typed = foldQuotes
    ? withoutTypography(seen(text, collapseWhitespace), collapseWhitespace)
    : seen(text, collapseWhitespace);
  const found: Letter[] = [];
  for (const letter of typed) {
    if (ignoreCase && !"ßİı".includes(letter.as)) letter.as = letter.as.toLowerCase().replace("ς", "σ");
    if (foldQuotes) letter.as = letter.as.replace(/[“”]/, '"').replace(/[‘’`]/, "'").replace(/[–—]/, "-");
    if (collapseWhitespace && /\s/.test(letter.as)) letter.as = " ";
    const last = found.at(-1);
    if (collapseWhitespace && letter.as === " " && last?.as === " ") last.end = letter.end;
    else found.push(letter);
  }
  return found;
}

/** What one sees of a text, its letters with an accent each as one: of those only the ones that occur in the tests. */
function seen(text: string, feedsAreSpaces = false): Letter[] {
  const all: Letter[] = [];
  let end = 0;
  for (const as of text) {
    const letter = { start: end, end: (end += as.length), as };
    const last = all.at(-1);
    if (as === "\n" && last?.as === "\n" && text[letter.start - 1] === "\r") last.end = letter.end;
    else if (as === "\r") all.push({ ...letter, as: "\n" });
    else if (as === "\f" && feedsAreSpaces) all.push({ ...letter, as: " " });
    else if (!"\f\u00ad\u200b\ufeff".includes(as)) all.push(letter);
  }
  const accents: Record<string, string> = { a: "á", e: "é", A: "Á" };
  return all.flatMap((letter, index): Letter[] => {
    if (letter.as === "\u0301" && index > 0 && all[index - 1].as in accents) return [];
    if (all[index + 1]?.as !== "\u0301" || !(letter.as in accents)) return [letter];
    // More accents than one are looked at together.
    let last = index + 1;
    while (all[last + 1]?.as === "\u0301") last++;
    const whole = { start: letter.start, end: all[last].end };
    for (let more = index + 2; more <= last; more++) Object.assign(all[more], whole);
    return [{ ...whole, as: accents[letter.as] }];
  });
}

/** Signs that are written with several characters elsewhere, one after another as one meets them. */
function withoutTypography(typed: readonly Letter[], collapseWhitespace = false): Letter[] {
  const all = typed.filter(({ as }) => as !== "_");
  const is = (at: number, signs: RegExp) => at >= 0 && at < all.length && signs.test(all[at].as);
  const isSpace = (at: number) => is(at, /\s/);
  const found: Letter[] = [];
  for (let at = 0; at < all.length; at++) {
    let first = at;
    while (collapseWhitespace && isSpace(first)) first++;
    let end = first;
    if (is(first, /[-—]/)) {
      while (is(end, /[-—]/) || (collapseWhitespace && isSpace(end))) end++;
      const isInWord = is(at - 1, /[\p{L}\p{M}]/u) && is(end, /[\p{L}\p{M}]/u);
      if (!isInWord) found.push({ start: all[at].start, end: all[end - 1].end, as: "-" });
      at = end - 1;
      continue;
    }
    const chain: string[] = [];
    for (let next = first; is(next, /[.…]/); next += isSpace(next + 1) ? 2 : 1) {
      chain.push(all[next].as);
      end = next + 1;
    }
    if (chain.length >= 3 || chain.includes("…")) {
      while (collapseWhitespace && isSpace(end)) end++;
      found.push({ start: all[at].start, end: all[end - 1].end, as: "…" });
      at = end - 1;
    } else if (is(at, /['’`]/) && is(at + 1, /['’`]/)) {
      found.push({ start: all[at].start, end: all[at + 1].end, as: '"' });
      at++;
    } else if (is(at, /ﬁ/)) found.push({ ...all[at], as: "f" }, { ...all[at], as: "i" });
    else found.push(all[at]);
  }
  return found;
}

function placesIn(piece: readonly Letter[], text: readonly Letter[]): { offset: number; length: number }[] {
  return [...text.keys()]
    .filter((at) => at + piece.length <= text.length)
    .filter((at) => piece.every(({ as }, index) => text[at + index].as === as))
    .map((at) => ({
      offset: text[at].start,
      length: text[at + piece.length - 1].end - text[at].start,
    }));
}
