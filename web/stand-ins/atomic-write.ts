/** Stands for `lib/base/files/atomic-write.ts` in a page, which writes no files. */
export function writeWhole(): never {
  throw new Error("Expected nothing to write: a page has no folders");
}

export const writeWholeFolder: () => never = writeWhole;
export const removeWhole: () => never = writeWhole;
