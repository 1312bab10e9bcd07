/**
 * Stands for `lib/text/sources/sources.ts` in a page, which reads no files and no addresses: its texts come with it, or
 * are dropped in.
 */
export function readSource(): never {
  throw new Error("Expected texts that are read already: a page opens no sources");
}
