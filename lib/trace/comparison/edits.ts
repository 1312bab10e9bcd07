/** Where a text was changed before it is compared, so that each place of what came of it can be found again in the text. */
import { rankOf } from "../../base/lines";

/** The changes of one step, in their order; what is between two of them stayed as it was. All count in UTF-16 units. */
export interface Edits {
  /** Where what each put there begins in what came of the text: [edits]. */
  readonly starts: Uint32Array;
  /** Where it ends there; where it begins, if the edit left something out: [edits]. */
  readonly ends: Uint32Array;
  /** Where what was changed ends in the text as it was before: [edits]. */
  readonly originals: Uint32Array;
}

/** What came of a text in some steps. */
export interface Edited {
  readonly content: string;
  /** Those of each step that changed something, in the order of the steps. */
  readonly edits: readonly Edits[];
}

/**
 * Where something that begins at a place of the changed text begins in the text as it was. What begins within the result of an
 * edit begins where the edit does: of a ligature that was taken apart the second letter too begins with the ligature.
 *
 * @param all the steps, in their order
 * @example startIn([edits], 2) // 3, where "\r\n" at the beginning became "\n"
 */
export function startIn(all: readonly Edits[], at: number): number {
  return all.reduceRight((place, edits) => startBefore(edits, place), at);
}

/** Where something that ends at a place of the changed text, which is not its beginning, ends in the text as it was. */
export function endIn(all: readonly Edits[], at: number): number {
  return all.reduceRight((place, edits) => endBefore(edits, place), at);
}

function startBefore({ starts, ends, originals }: Edits, at: number): number {
  const index = rankOf(starts, at) - 1;
  if (index < 0) return at;
  if (at >= ends[index]) return at - ends[index] + originals[index];
  const [end, original] = index > 0 ? [ends[index - 1], originals[index - 1]] : [0, 0];
  return starts[index] - end + original;
}

function endBefore({ starts, ends, originals }: Edits, at: number): number {
  const index = rankOf(starts, at - 1) - 1;
  return index < 0 ? at : Math.max(0, at - ends[index]) + originals[index];
}
