/** A near copy in the characters of the sample and of the texts as they were given, with all that was changed in it. */
import { endIn, startIn, type Edited } from "../comparison/edits";
import type { TextCount } from "../passages";
import type { Locate, Occurrence } from "../places";
import type { Passage } from "../trace";
import { editsOf, type Edit } from "./align";
import type { NearCopy, NearStretch } from "./near-copies";
import type { Rules } from "./rules";
import { unitOf, type Symbols } from "./symbols";

/** What stands in the sample instead of what stands in the text; all places in UTF-16 units. */
export interface Change {
  /** Where it is in the sample: from `start` up to, but not including, `end`. The same where something was left out. */
  readonly start: number;
  readonly end: number;
  /** Where it is in the whole text, and how long it is there: 0 where something was put in. */
  readonly offset: number;
  readonly length: number;
}

/** A place where a near copy stands. */
export interface NearOccurrence extends Occurrence {
  /** How many characters were replaced, put in or left out, as few as may be. */
  readonly edits: number;
  /** What was changed, in the order of the sample; edits beside each other are one. */
  readonly changes: readonly Change[];
  /** The longest stretch of the sample without a change, the first of several. */
  readonly core: { readonly start: number; readonly end: number };
}

/** A stretch of the sample that stands in the texts with few changes, or with none. */
export interface NearPassage extends Passage {
  /** The edits of its best place: 0 where it stands there word for word. */
  readonly edits: number;
  /** Those with the fewest edits first, then in the order of the texts. */
  readonly sources: readonly (TextCount & { readonly edits: number })[];
  /**
   * Those with the fewest edits first, then in the order of the texts; of each text `maxOccurrences`. None overlaps a
   * better one.
   */
  readonly occurrences: readonly NearOccurrence[];
}

/** A text as it was compared. */
export interface ComparedText {
  readonly edited: Edited;
  readonly symbols: Symbols;
  readonly locate: Locate;
  /** Where in the whole text its content begins. */
  readonly start: number;
}

export interface PassageOptions {
  readonly sample: { readonly edited: Edited; readonly symbols: Symbols };
  readonly texts: readonly (ComparedText | undefined)[];
  readonly rules: Rules;
  readonly maxOccurrences: number;
  /** How many characters a stretch of the compared sample counts. */
  readonly lengthOf: (start: number, end: number) => number;
}

export function passageFrom({ start, end, places }: NearStretch, options: PassageOptions): NearPassage {
  const { sample, lengthOf, maxOccurrences } = options;
  const [from, to] = [unitOf(sample.symbols, start), unitOf(sample.symbols, end)];
  const kept = new Map<number, number>();
  const sources = new Map<number, { text: number; count: number; edits: number }>();
  const occurrences: NearOccurrence[] = [];
  for (const place of places) {
    const source = sources.get(place.text) ?? { text: place.text, count: 0, edits: place.edits };
    sources.set(place.text, { ...source, count: source.count + 1 });
    if ((kept.get(place.text) ?? 0) >= maxOccurrences) continue;
    kept.set(place.text, (kept.get(place.text) ?? 0) + 1);
    occurrences.push(occurrenceOf(place, options));
  }
  return {
    start: startIn(sample.edited.edits, from),
    end: endIn(sample.edited.edits, to),
    length: lengthOf(from, to),
    count: places.length,
    edits: places[0].edits,
    sources: [...sources.values()],
    occurrences,
  };
}

function occurrenceOf(place: NearCopy, { sample, texts, rules }: PassageOptions): NearOccurrence {
  const text = texts[place.text];
  if (!text) throw new Error(`Expected the text ${place.text} as it was compared, got none`);
  const [from, to] = [unitOf(text.symbols, place.from), unitOf(text.symbols, place.to)];
  const inSample = spanOf(sample, place.start, place.end);
  const edits = editsOf(sample.symbols.numbers, text.symbols.numbers, place, rules);
  const changes = edits.map((edit): Change => {
    const there = spanOf(text, edit.from, edit.to);
    return {
      ...spanOf(sample, edit.start, edit.end),
      offset: text.start + there.start,
      length: there.end - there.start,
    };
  });
  const occurrence = text.locate(from, { length: to - from, inSample: inSample.end - inSample.start });
  return { ...occurrence, edits: place.edits, changes, core: spanOf(sample, ...coreOf(place, edits)) };
}

/** A stretch of characters in what was given. */
function spanOf(
  { symbols, edited }: Pick<ComparedText, "symbols" | "edited">,
  start: number,
  end: number,
): { start: number; end: number } {
  const first = startIn(edited.edits, unitOf(symbols, start));
  return { start: first, end: start === end ? first : endIn(edited.edits, unitOf(symbols, end)) };
}

/** The longest stretch between two edits. */
function coreOf({ start, end }: NearCopy, edits: readonly Edit[]): [number, number] {
  let core: [number, number] = [start, start];
  let from = start;
  for (const { start: to, end: next } of [...edits, { start: end, end }]) {
    if (to - from > core[1] - core[0]) core = [from, to];
    from = next;
  }
  return core;
}
