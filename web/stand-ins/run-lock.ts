/** Stands for `lib/train/saved/run-lock.ts` in a page, where no run has a folder that others could write. */
export function lockRun(): never {
  throw new Error("Expected no `checkpoints`: a page has no folders");
}
