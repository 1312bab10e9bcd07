/** Tracing as its definition says, slowly: the oracle of `trace.test.ts`. */
import type { Part, Text } from "../../lib/text/text";
import type { Passage, TraceOptions } from "../../lib/trace/trace";

/** The same passages as `trace` finds, every stretch looked up at every place of every text. */
export function traceByHand(
  sample: string,
  texts: readonly (Text | Part)[],
  { minLength = 20, maxOccurrences = 100 }: TraceOptions = {},
): Passage[] {
  const cuts = characterStarts(sample);
  const stretches = cuts
    .flatMap((start) => cuts.map((end) => ({ start, end, places: [] as Place[] })))
    .filter(({ start, end }) => end - start >= minLength);
  for (const stretch of stretches) stretch.places = places(sample.slice(stretch.start, stretch.end), texts);
  const copied = stretches.filter((stretch) => stretch.places.length > 0);
  const maximal = copied.filter((one) => !copied.some((other) => other !== one && contains(other, one)));
  return maximal.map(({ start, end, places }) => ({
    start,
    end,
    count: places.length,
    sources: texts
      .map((_, text) => ({ text, count: places.filter((place) => place.text === text).length }))
      .filter(({ count }) => count > 0),
    occurrences: texts.flatMap((_, text) =>
      places.filter((place) => place.text === text).slice(0, maxOccurrences),
    ),
  }));
}

interface Place {
  text: number;
  offset: number;
  line: number;
}

interface Interval {
  start: number;
  end: number;
}

function contains(outer: Interval, inner: Interval): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function places(piece: string, texts: readonly (Text | Part)[]): Place[] {
  return texts.flatMap((text, index) => {
    const cuts = new Set(characterStarts(text.content));
    const found: Place[] = [];
    for (let at = text.content.indexOf(piece); at !== -1; at = text.content.indexOf(piece, at + 1)) {
      if (!cuts.has(at) || !cuts.has(at + piece.length)) continue;
      const lines = text.content.slice(0, at).split("\n").length;
      const { start, firstLine } = "start" in text ? text : { start: 0, firstLine: 1 };
      found.push({ text: index, offset: start + at, line: firstLine + lines - 1 });
    }
    return found;
  });
}

/** Where the code points begin, and where the last one ends. */
function characterStarts(text: string): number[] {
  const starts = [0];
  for (const character of text) starts.push((starts.at(-1) as number) + character.length);
  return starts;
}
