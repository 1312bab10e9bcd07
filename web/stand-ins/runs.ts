/** Stands in a page for what writes runs (`checkpoint.ts` and `claim.ts` of `lib/train/saved`): there are no folders. */

/** Nothing to take, where a training is given none. */
export async function takeRun(): Promise<Record<string, never>> {
  return {};
}

export function saveCheckpoint(): never {
  throw new Error("Expected no `checkpoints`: a page has no folders");
}

export const keepSavedBest = saveCheckpoint;
