/**
 * Near copies as their definition says, slowly, for short texts: the oracle of `definition.test.ts`. From every start in sample
 * and text all alignments are followed that keep the rules, in whole per cent and code points.
 */

export interface ByHandOptions {
  readonly minLength: number;
  /** In per cent. */
  readonly share: number;
  readonly gap: number;
}

/** A passage, [start, end] in UTF-16 units of the sample, and its places, [edits, start, end] in those of the text. */
export interface PassageByHand {
  readonly passage: [number, number];
  readonly places: [number, number, number][];
}

/** Matches, edits, and how far the score has fallen from the best so far. */
type State = readonly [matches: number, edits: number, drop: number];

export function nearByHand(sample: string, text: string, options: ByHandOptions): PassageByHand[] {
  const [own, book] = [Array.from(sample), Array.from(text)];
  const [ownUnits, bookUnits] = [unitsOf(own), unitsOf(book)];
  const copies = new Map<string, [number, number, number][]>();
  for (const start of own.keys()) {
    for (const from of book.keys()) {
      if (own[start] !== book[from]) continue;
      for (const [end, to, edits] of endsOf(own, book, [start, from], options)) {
        const passage = [ownUnits[start], ownUnits[end]];
        if (passage[1] - passage[0] < options.minLength) continue;
        if (!own.slice(start, end).some((letter) => /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(letter)))
          continue;
        const key = JSON.stringify(passage);
        copies.set(key, [...(copies.get(key) ?? []), [edits, bookUnits[from], bookUnits[to]]]);
      }
    }
  }
  const passages = [...copies.keys()].map((key) => JSON.parse(key) as [number, number]);
  const maximal = passages.filter(([start, end]) =>
    passages.every(([first, last]) => first > start || last < end || (first === start && last === end)),
  );
  return maximal
    .sort(([start], [other]) => start - other)
    .map((passage) => ({ passage, places: bestPlaces(copies.get(JSON.stringify(passage)) ?? []) }));
}

/** Those with the fewest edits, none of which overlaps a better one. */
function bestPlaces(places: [number, number, number][]): [number, number, number][] {
  const best: [number, number, number][] = [];
  for (const place of places.sort(
    (one, other) => one[0] - other[0] || one[1] - other[1] || one[2] - other[2],
  )) {
    if (best.every(([, from, to]) => place[2] <= from || place[1] >= to)) best.push(place);
  }
  return best;
}

/** Where alignments that begin in a cell may end: [place in the sample, place in the text, edits]. */
function endsOf(
  sample: readonly string[],
  text: readonly string[],
  [start, from]: readonly [number, number],
  { share, gap }: ByHandOptions,
): [number, number, number][] {
  const [gain, cost] = [2 * share, 100 - 2 * share];
  const ends: [number, number, number][] = [];
  const cells = new Map<number, State[]>([[start * (text.length + 1) + from, [[0, 0, 0]]]]);
  const put = (row: number, column: number, states: State[]) => {
    const cell = row * (text.length + 1) + column;
    cells.set(cell, undominated([...(cells.get(cell) ?? []), ...states]));
  };
  for (let row = start; row <= sample.length; row++) {
    for (let column = from; column <= text.length; column++) {
      const all = cells.get(row * (text.length + 1) + column) ?? [];
      const states = all.filter(
        ([matches, edits, drop]) => matches * gain >= edits * cost && drop <= gap * cost,
      );
      if (states.length === 0) continue;
      const edited = states.map(([matches, edits, drop]): State => [matches, edits + 1, drop + cost]);
      const matched = states.map(([matches, edits, drop]): State => [
        matches + 1,
        edits,
        Math.max(0, drop - gain),
      ]);
      if (row < sample.length) put(row + 1, column, edited);
      if (column < text.length) put(row, column + 1, edited);
      if (row < sample.length && column < text.length)
        put(row + 1, column + 1, sample[row] === text[column] ? matched : edited);
      for (const [matches, edits, drop] of states)
        if (matches > 0 && drop === 0 && 100 * edits <= share * (matches + edits))
          ends.push([row, column, edits]);
    }
  }
  return ends;
}

function undominated(states: State[]): State[] {
  const covers = (one: State, other: State) => one[0] >= other[0] && one[1] <= other[1] && one[2] <= other[2];
  return states.filter((state, index) =>
    states.every(
      (other, place) => place === index || !covers(other, state) || (covers(state, other) && index < place),
    ),
  );
}

/** Where each character begins in UTF-16 units, and the last ends: [characters + 1]. */
function unitsOf(characters: readonly string[]): number[] {
  const units = [0];
  for (const character of characters) units.push(units[units.length - 1] + character.length);
  return units;
}
