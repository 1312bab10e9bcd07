/** The map of a book cut into bands: of each network, in each band, the place from where it goes on farthest. */
import { lineStarts, rankOf } from "../../base/lines";
import type { BookMap } from "../../generate/memory/book-map";
import { excerptOf, type Excerpt } from "../overlay/excerpt";

/** One of several maps that are shown below one another. */
export interface LabelledMap {
  /** What tells its network from the others: "dropout 0.3", "after 500 iterations". */
  readonly label: string;
  readonly map: BookMap;
}

export interface Band {
  /** How far into the text, from 0 to 1. */
  readonly share: number;
  /** The line of the whole text. */
  readonly line: number;
  readonly verbatim: number;
  /** Of what follows the place, in nats a character; NaN where a character is unknown. */
  readonly crossEntropy: number;
  /** What stands before the place, what the network goes on with, and what comes then. */
  readonly words: Excerpt;
}

export interface BandedMap extends LabelledMap {
  readonly bands: readonly Band[];
  /** Over all places. */
  readonly longest: number;
  readonly mean: number;
  /** Of what follows the places, in nats a character, where all is known. */
  readonly crossEntropy: number;
}

/**
 * Characters of the book before and after what a network goes on with, which cost a notebook the more, the more bands
 * there are.
 */
const around = 40;
/** More of what it goes on with is left out. */
const mostWords = 200;

/** @throws where there is no map */
export function bandedMaps(
  maps: BookMap | readonly LabelledMap[],
  { bands }: { readonly bands: number },
): BandedMap[] {
  const labelled = "places" in maps ? [{ label: "", map: maps }] : maps;
  if (labelled.length === 0) throw new Error("Expected a map, or at least one with its label, got none");
  const lines = new Map<string, readonly number[]>();
  return labelled.map(({ label, map }) => {
    const { content } = map.text;
    const starts = lines.get(content) ?? lineStarts(content);
    lines.set(content, starts);
    return { label, map, bands: bandsOf(map, Math.min(bands, map.places.length), starts), ...measures(map) };
  });
}

function bandsOf(map: BookMap, count: number, lines: readonly number[]): Band[] {
  const { places, verbatim, text } = map;
  const [offset, firstLine] = "start" in text ? [text.start, text.firstLine] : [0, 1];
  return Array.from({ length: count }, (_, band) => {
    const from = Math.floor((band * places.length) / count);
    const to = Math.floor(((band + 1) * places.length) / count);
    let best = from;
    for (let place = from; place < to; place++) if (verbatim[place] > verbatim[best]) best = place;
    const length = Math.min(mostWords, verbatim[best]);
    return {
      share: places[best] / text.content.length,
      line: firstLine - 1 + rankOf(lines, places[best]),
      verbatim: verbatim[best],
      crossEntropy: perCharacter(map, best),
      words: excerptOf(text, offset + places[best], length, { around }),
    };
  });
}

function measures(map: BookMap): Pick<BandedMap, "longest" | "mean" | "crossEntropy"> {
  const { places, verbatim } = map;
  const known = Array.from(places, (_, place) => perCharacter(map, place)).filter(
    (one) => !Number.isNaN(one),
  );
  return {
    longest: verbatim.reduce((one, other) => Math.max(one, other), 0),
    mean: verbatim.reduce((sum, one) => sum + one, 0) / places.length,
    crossEntropy: known.reduce((sum, one) => sum + one, 0) / known.length,
  };
}

function perCharacter({ places, ahead, logProbability, text }: BookMap, place: number): number {
  return -logProbability[place] / Math.min(ahead, text.content.length - places[place]);
}
