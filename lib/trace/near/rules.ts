/**
 * What a near copy is. An alignment of a stretch of the sample with a stretch of a text is a row of columns: a match, a replaced
 * character, one put in (in the sample alone) or one left out (in the text alone); the last three are edits. It is a near copy if
 *
 * 1. the stretch of the sample counts at least `minLength` characters;
 * 2. at most `share` of all its columns are edits;
 * 3. read from either end, at no column more than twice `share` of the columns so far are edits;
 * 4. no stretch inside has more than `gap` edits beyond those that its own matches pay for at that doubled rate.
 *
 * As a score, a match earns twice `share` and an edit costs the rest to 1. Rule 3 says that no beginning and no end is below 0,
 * rule 4 that the score never falls by more than `gap` edits cost: an X-drop (Altschul et al. 1997). So three numbers tell all
 * that has to be known of an alignment that goes on: its matches, its edits, and how far its score has fallen from the best one.
 *
 * Two alignments that keep rules 2 to 4, one of which begins where the other ends, keep them together: no beginning and no end
 * of either is below 0. So a near copy that cannot be made longer begins and ends where the characters beside it differ.
 */
import { OptionError } from "../../base/option-error";

/** The rules in whole numbers. */
export interface Rules {
  /** At most `share` of `unit` columns are edits. */
  readonly share: number;
  readonly unit: number;
  /** What a match earns, and what an edit costs. */
  readonly gain: number;
  readonly cost: number;
  /** The most that the score may fall. */
  readonly mostDrop: number;
}

/** Shares are told apart to the hundredth of a per cent. */
const unit = 10_000;

/** @throws where `share` is not from 0 up to 0.4, or `gap` not a whole number of at least 0 */
export function rulesOf({ share, gap }: { readonly share: number; readonly gap: number }): Rules {
  if (!(share >= 0 && share <= 0.4)) throw new OptionError("share", "from 0 up to 0.4", share);
  if (!Number.isInteger(gap) || gap < 0 || gap > 1000)
    throw new OptionError("gap", "to be a whole number from 0 up to 1000", gap);
  const whole = Math.round(share * unit);
  const [gain, cost] = [2 * whole, unit - 2 * whole];
  return { share: whole, unit, gain, cost, mostDrop: gap * cost };
}

/** Thrown where sample and text repeat themselves so much that there are more alignments than can be followed. */
export class TooManyAlignments extends Error {}

/** How many cells and states of alignments may still be looked at. */
export interface Budget {
  left: number;
}

/** Whether at most `share` of the columns are edits. */
export function keepsShare({ share, unit }: Rules, matches: number, edits: number): boolean {
  return edits * unit <= share * (matches + edits);
}

/**
 * Whether an alignment can do all that another one in the same cell can: whatever follows the other may follow it too, with as
 * few edits. Where the score has once been as high as it may fall, no beginning can be below 0 any more; then matches count only
 * for the share. Asked for each state of each cell: numbers one by one, where an array for each would take twice as long.
 */
export function covers(
  { share, unit, gain, cost, mostDrop }: Rules,
  matches: number,
  edits: number,
  drop: number,
  otherMatches: number,
  otherEdits: number,
  otherDrop: number,
): boolean {
  if (edits > otherEdits || drop > otherDrop) return false;
  if (matches >= otherMatches) return true;
  const best = matches * gain - edits * cost + drop;
  return best >= mostDrop && (matches - otherMatches) * share >= (edits - otherEdits) * (unit - share);
}
