/** Stands for `lib/text/sources/fetch.ts` in a page, which downloads nothing, so that this never happens. */
export class UnreachableError extends Error {}
