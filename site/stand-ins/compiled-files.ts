/**
 * Stands for `setup/kernel/compiling/compiled-files.ts` in the browser: the library is compiled already, and nothing
 * else is kept.
 */
export const keyOf = (): undefined => undefined;
export const isKept = (): boolean => false;
export const keptCode = (): undefined => undefined;
export const keepCode = (): void => undefined;
