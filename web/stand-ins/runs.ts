/** Stands in a page for what writes runs (`checkpoint.ts`, `claim.ts` and `run-lock.ts` of `lib/train/saved`): there are no folders. */

export function lockRun(): never {
  throw new Error("Expected no `checkpoints`: a page has no folders");
}

export const claimRun = lockRun;

export const saveCheckpoint = lockRun;

export const keepSavedBest = lockRun;
