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
        const line = firstLine - 1 + whole.content.slice(0, offset).split("\n").length;
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

/** In UTF-16 units. */
function lengthOf(letters: readonly Letter[]): number {
  return letters.reduce((sum, { as }) => sum + as.length, 0);
}

/** Of the letters that change their length with their case only those are known here that occur in the tests. */
function letters(text: string, { ignoreCase, collapseWhitespace, foldQuotes }: TraceOptions): Letter[] {
  const found: Letter[] = [];
  let end = 0;
  for (const character of text) {
    const letter = { start: end, end: (end += character.length), as: character };
    if (ignoreCase && !"ßİı".includes(character)) letter.as = character.toLowerCase().replace("ς", "σ");
    if (foldQuotes) letter.as = letter.as.replace(/[“”]/, '"').replace(/[‘’]/, "'").replace(/[–—]/, "-");
    if (collapseWhitespace && /\s/.test(character)) letter.as = " ";
    const last = found.at(-1);
    if (collapseWhitespace && letter.as === " " && last?.as === " ") last.end = letter.end;
    else found.push(letter);
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
