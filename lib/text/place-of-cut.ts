/** Where a text is cut in two, so that what is held out begins with a line or a word. */
import { OptionError } from "../base/option-error";

/** How far from the share a cut may lie to fall between two lines or words, as a share of the text. */
const REACH = 0.01;
/** … and in UTF-16 units where that is little. */
const REACH_AT_LEAST = 200;
/** UTF-16 units to either side that are looked at first. */
const SURROUNDINGS = 4096;

/** Characters of which pieces can be had; a string is such. */
export interface Sliced {
  /** UTF-16 units. */
  readonly length: number;
  slice(from: number, to: number): string;
}

/**
 * Where the last `share` of some characters begins: their length where nothing is to be held out, and 0 or the length where they
 * are too few to be cut.
 */
export function placeOfCut(content: Sliced, share: number): number {
  checkShare(share);
  if (share === 0) return content.length;
  const target = Math.round(content.length * (1 - share));
  const reach = Math.max(REACH_AT_LEAST, Math.round(content.length * REACH));
  const near = nearest("\n", content, { target, reach }) ?? nearest(" ", content, { target, reach });
  if (near !== undefined) return near;
  const splitsPair = /[\ud800-\udbff][\udc00-\udfff]/.test(
    content.slice(Math.max(0, target - 1), Math.min(content.length, target + 1)),
  );
  return splitsPair ? target - 1 : target;
}

/** The place behind a separator that is nearest to `target`, within reach; looked for in ever larger surroundings. */
function nearest(
  separator: string,
  content: Sliced,
  { target, reach }: { readonly target: number; readonly reach: number },
): number | undefined {
  for (let within = Math.min(reach, SURROUNDINGS); ; within = Math.min(reach, 16 * within)) {
    const from = Math.max(0, target - within - 1);
    const around = content.slice(from, Math.min(content.length, target + within));
    const before = target > 0 ? around.lastIndexOf(separator, target - 1 - from) : -1;
    const after = around.indexOf(separator, target - from);
    const near = [before, after].flatMap((found) => (found < 0 ? [] : [from + found + 1]));
    const places = near.filter((at) => at < content.length && Math.abs(at - target) <= within);
    if (places.length > 0)
      return places.reduce((one, other) => (Math.abs(other - target) < Math.abs(one - target) ? other : one));
    if (within === reach) return undefined;
  }
}

export function checkShare(share: number): void {
  if (!(share >= 0 && share < 1)) throw new OptionError("validation", "from 0 up to 1", share);
}
