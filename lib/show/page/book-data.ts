/** Where the passages of samples stand, with the text around them, as data for the script of a page of its own. */
import type { Text } from "../../text/text";
import type { Trace } from "../../trace/trace";
import { bookOf, lines } from "../overlay/sources/citation";
import { wordsBetween } from "../overlay/excerpt";
import { fittingAround, inOrder, placesOf, share } from "./stretches";

/** What the script of a page is told. Names are short where there are thousands of them. */
export interface BookData {
  /** Title and author of each text by its number in the library; "" of those that were not traced in. */
  readonly books: readonly string[];
  /** Stretches of the books; neighbours share one. */
  readonly stretches: readonly string[];
  /** The passages of each sample. */
  readonly samples: readonly (readonly PassageData[])[];
  /** Characters shown on each side of a passage. */
  readonly around: number;
}

interface PassageData {
  /** How many characters it counts. */
  readonly length: number;
  readonly count: number;
  /** How many texts it stands in. */
  readonly texts: number;
  readonly places: readonly PlaceData[];
}

/** The number of the text, the stretch, where in the stretch the passage begins, how long it is there, and the lines in words. */
type PlaceData = readonly [text: number, stretch: number, at: number, length: number, lines: string];

/** The places of all passages: of each passage the first in each of its first texts. */
export function bookData(traces: readonly Trace[], around: number): BookData {
  const [{ texts }] = traces;
  const all = traces.flatMap(({ passages }) => passages.flatMap(placesOf));
  const side = fittingAround(all, around);
  const stretches = share(all, side).map(({ text, start, end }) => {
    return { text, ...wordsBetween(texts[text], start, end) };
  });
  const found = new Map<string, readonly [number, number]>();
  let at = 0;
  for (const place of inOrder(all)) {
    while (
      stretches[at].text !== place.text ||
      stretches[at].start + stretches[at].words.length <= place.offset
    )
      at++;
    found.set(`${place.text} ${place.offset}`, [at, place.offset - stretches[at].start]);
  }
  const samples = traces.map(({ passages }) => {
    return passages.map((passage): PassageData => {
      const places = placesOf(passage).flatMap(({ text, offset, length }): PlaceData[] => {
        const [stretch, begin] = found.get(`${text} ${offset}`) ?? [];
        return stretch === undefined || begin === undefined
          ? []
          : [[text, stretch, begin, length, lines(passage, text)]];
      });
      const { length, count, sources } = passage;
      return { length, count, texts: sources.length, places };
    });
  });
  return {
    books: Array.from(texts, (text?: Text) => (text ? bookOf(text) : "")),
    stretches: stretches.map(({ words }) => words),
    samples,
    around: side,
  };
}
