/** Which of some names a misspelt one is likely to have meant. */

/**
 * The name that takes the fewest changes of a letter, capitals and marks between words not counted.
 *
 * @returns undefined where none is within a change for each three letters
 * @example nearest("neurns", ["layers", "neurons"]) // "neurons"
 */
export function nearest(wanted: string, names: readonly string[]): string | undefined {
  const plain = (name: string) => name.toLowerCase().replace(/[-_ ]/g, "");
  const ranked = names
    .map((name) => ({ name, changes: changes(plain(wanted), plain(name)) }))
    .sort((one, other) => one.changes - other.changes);
  const [best] = ranked;
  return best && best.changes <= Math.floor(wanted.length / 3) ? best.name : undefined;
}

/** Letters to put in, to take out or to replace, as few as can be (Levenshtein 1966). */
function changes(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let at = 1; at <= one.length; at++) {
    const above = row;
    row = [at];
    for (let to = 1; to <= other.length; to++) {
      const replaced = above[to - 1] + (one[at - 1] === other[to - 1] ? 0 : 1);
      row[to] = Math.min(replaced, above[to] + 1, row[to - 1] + 1);
    }
  }
  return row[other.length];
}
