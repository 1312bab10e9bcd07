/**
 * How near copies are sought: by seeds, pieces of a few characters that sample and text have in common, and how many of them
 * every near copy must have close together. Why none is missed:
 *
 * A near copy has at least `minLength` columns and at most `share` of them are edits. Cut into pieces of at least W and at most
 * 2 W - 1 columns (W <= `minLength`), one piece has at most `share` edits too, or all together would have more. Let it have n
 * columns, e = floor(share n) edits or fewer, and so n - e matches in at most e + 1 runs. A run of r matches holds r - q + 1 seeds
 * of q characters, so the piece holds at least n - e - (q - 1)(e + 1). For each e that is least at the smallest n that allows e
 * edits, n(e); each column more is one seed more, and one column fewer at the left end at most one seed fewer. So the last seed
 * of the piece sees `seeds(e)` seeds, itself among them, that begin in the last n(e) - q columns before it, and so within as many
 * characters of the text. That holds as well for the last seed of its run, where the run goes on behind the piece: what is more
 * to the right is as much as what is less to the left. Between these seeds lie at most e edits, so their diagonals (place in the
 * text minus place in the sample) are at most e apart.
 *
 * Each level is one e, from that of W columns to that of 2 W - 1.
 */
import type { Rules } from "./rules";

/** What a piece with some number of edits must have. */
export interface Level {
  readonly edits: number;
  /** So many seeds, the last one among them … */
  readonly seeds: number;
  /** … begin at most so many characters before the last. */
  readonly within: number;
}

export interface SeedLayout {
  /** The least columns of a piece: W. */
  readonly columns: number;
  /** The length of a seed: q. */
  readonly seed: number;
  /** By their edits. */
  readonly levels: readonly Level[];
}

/** Longer pieces allow longer seeds, but must be looked at with more edits; of those no more than diagonals are counted together. */
const mostColumns = 64;
const longestSeed = 16;
/** How far apart diagonals may be that are counted together: the most edits of a piece. A power of two. */
export const mostApart = 16;
/** With fewer, too many places have them by chance. */
const enoughSeeds = 4;

/** @param columns how many columns a near copy has at least */
export function seedLayout({ share, unit }: Rules, columns: number): SeedLayout {
  const narrow = Math.floor((((mostApart + 1) * unit - 1) / share + 1) / 2);
  const least = Math.min(columns, mostColumns, narrow);
  const levelsFor = (seed: number): Level[] => {
    const [first, last] = [least, 2 * least - 1].map((length) => Math.floor((length * share) / unit));
    return Array.from({ length: last - first + 1 }, (_, index) => {
      const edits = first + index;
      const shortest = Math.max(least, Math.ceil((edits * unit) / share) || 0);
      const seeds = shortest - edits - (seed - 1) * (edits + 1);
      return { edits, seeds, within: shortest - seed };
    });
  };
  const longestWith = (enough: number) => {
    for (let seed = Math.min(longestSeed, least); seed > 0; seed--) {
      const levels = levelsFor(seed);
      if (levels.every(({ seeds }) => seeds >= enough)) return { columns: least, seed, levels };
    }
    return undefined;
  };
  // Seeds of one character are as many as matches.
  return longestWith(enoughSeeds) ?? longestWith(1) ?? { columns: least, seed: 1, levels: levelsFor(1) };
}
