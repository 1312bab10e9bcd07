/** A sample with passages of a library in it, some of whose characters are changed, and how much of them was found again. */
import { random, shuffled, type Random } from "../../lib/base/random";
import { patchwork } from "./tracing";

/** A passage of the library in the sample: [start, end). */
export interface Planted {
  readonly start: number;
  readonly end: number;
  /** How many characters in a hundred were changed before it was put there. */
  readonly percent: number;
}

export interface PlantedSample {
  readonly sample: string;
  readonly planted: readonly Planted[];
}

export const lengths = [120, 60] as const;
export const percents = [0, 5, 10, 15] as const;

/** At its ends a passage stays as it is, so that it is known where it begins and ends. */
const untouched = 4;

/**
 * A sample of about `length` characters, of pieces of `filler`; between them a passage of the library for each of the lengths
 * and shares of changes, in an order that is drawn.
 */
export function plantedSample(
  library: readonly { readonly content: string }[],
  filler: readonly { readonly content: string }[],
  length: number,
): PlantedSample {
  const draw = random(11);
  const kinds = shuffled(
    lengths.flatMap((of) => percents.map((percent) => ({ of, percent }))),
    11,
  );
  const passages = lengths.reduce((sum, one) => sum + one * percents.length, 0);
  const between = Math.max(1, Math.floor((length - passages) / kinds.length));
  const fill = patchwork(filler, between * kinds.length);
  const planted: Planted[] = [];
  let sample = "";
  for (const [number, { of, percent }] of kinds.entries()) {
    sample += fill.slice(number * between, (number + 1) * between);
    const { content } = library[Math.floor(draw() * library.length)];
    const at = Math.floor(draw() * (content.length - of));
    const passage = changed(content.slice(at, at + of), Math.round((of * percent) / 100), draw);
    planted.push({ start: sample.length, end: sample.length + passage.length, percent });
    sample += passage;
  }
  return { sample, planted };
}

/** A text in which some characters are replaced, put in and left out, each kind as often as the others. */
function changed(text: string, changes: number, draw: Random): string {
  const below = (limit: number) => Math.floor(draw() * limit);
  const characters = [...text];
  const places = new Set<number>();
  while (places.size < changes) places.add(untouched + below(characters.length - 2 * untouched));
  for (const place of places) {
    const letter = String.fromCharCode(97 + below(26));
    characters[place] = [letter, letter + characters[place], ""][below(3)];
  }
  return characters.join("");
}

/**
 * The share of the planted characters that lie in passages which were found, by how much of them was changed, e.g.
 * `{ "0 %": 1, "5 %": 0.97 }`.
 */
export function foundOf(
  planted: readonly Planted[],
  passages: readonly { readonly start: number; readonly end: number }[],
): Record<string, number> {
  const isFound = new Set<number>();
  for (const { start, end } of passages) for (let at = start; at < end; at++) isFound.add(at);
  const share = (percent: number) => {
    const ofKind = planted.filter((one) => one.percent === percent);
    const places = ofKind.flatMap(({ start, end }) =>
      Array.from({ length: end - start }, (_, at) => start + at),
    );
    return places.filter((at) => isFound.has(at)).length / places.length;
  };
  return Object.fromEntries(percents.map((percent) => [`${percent} %`, share(percent)]));
}
