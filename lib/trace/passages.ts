/** From matches to passages: those that lie in no longer one, each with all its places. */

export interface TextCount {
  /** The text's number in `texts`. */
  readonly text: number;
  /** How often the passage stands in it. */
  readonly count: number;
}

/** A stretch of the sample that stands in the texts, all in the characters that are compared. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  count: number;
  readonly sources: TextCount[];
  /** Texts' numbers and, in the same order, where in them it stands: the first `maxOccurrences` places of each. */
  readonly places: { readonly texts: number[]; readonly offsets: number[] };
}

/** The matches of a text, three numbers each: where it starts and ends in the sample, and where it stands in the text. */
export type Matches = readonly number[];

/**
 * @param length of the sample
 * @param matches those of each text; of one stretch in the order of the text
 */
export function passagesOf(
  length: number,
  matches: readonly Matches[],
  { maxOccurrences }: { readonly maxOccurrences: number },
): Stretch[] {
  const ends = new Int32Array(length);
  for (const one of matches) {
    for (let at = 0; at < one.length; at += 3) ends[one[at]] = Math.max(ends[one[at]], one[at + 1]);
  }
  const stretches = new Array<Stretch | undefined>(length);
  let reached = 0;
  ends.forEach((end, start) => {
    if (end <= reached) return;
    stretches[start] = { start, end, count: 0, sources: [], places: { texts: [], offsets: [] } };
    reached = end;
  });
  matches.forEach((one, text) => {
    const counts = new Map<Stretch, number>();
    for (let at = 0; at < one.length; at += 3) {
      const stretch = stretches[one[at]];
      if (stretch?.end !== one[at + 1]) continue;
      const count = counts.get(stretch) ?? 0;
      if (count < maxOccurrences) {
        stretch.places.texts.push(text);
        stretch.places.offsets.push(one[at + 2]);
      }
      counts.set(stretch, count + 1);
    }
    for (const [stretch, count] of counts) {
      stretch.count += count;
      stretch.sources.push({ text, count });
    }
  });
  return stretches.flatMap((stretch) => stretch ?? []);
}
