/** What of each text a network is trained on, and what is held out to validate it: the end, or whole texts. */
import { OptionError } from "../base/option-error";
import { lineStarts } from "../base/lines";
import { shuffled } from "../base/random";
import type { Part, Text } from "./text";

export interface Parts {
  /** Absent for a text that is held out whole. */
  readonly training?: Part;
  /** Absent where nothing is held out, and where the text is too short to be cut. */
  readonly validation?: Part;
}

/**
 * The parts of each text: one that is held out is so whole; of a short text all is one or the other, drawn by the seed; the
 * others are cut.
 *
 * @param share of each text, and of the number of the short ones: some, but not all of them, where there are two
 */
export function partsOf(texts: readonly Text[], { share, seed }: { share: number; seed: number }): Parts[] {
  checkShare(share);
  const short = texts.flatMap((text, index) => (text.short && !text.heldOut ? [index] : []));
  const most = Math.max(0, short.length - 1);
  const count = share === 0 ? 0 : Math.min(most, Math.max(1, Math.round(share * short.length)));
  const held = new Set(shuffled(short, seed).slice(0, count));
  return texts.map((text, index) => {
    // A piece of a text is read from its own content.
    const inMemory = text.slice ? { slice: undefined } : {};
    if (!text.short && !text.heldOut) return cut({ ...text, index, ...inMemory }, share);
    const whole: Part = { ...text, index, start: 0, firstLine: 1 };
    return text.heldOut || held.has(index) ? { validation: whole } : { training: whole };
  });
}

/** How far from the share a cut may lie to fall between two lines or words, as a share of the text. */
const REACH = 0.01;
/** … and in UTF-16 units where that is little. */
const REACH_AT_LEAST = 200;
/** UTF-16 units to either side that are looked at first. */
const SURROUNDINGS = 4096;

/**
 * Holds out the last `share` of a text. The cut is made behind the line feed nearest to it, else behind the nearest
 * space, else in place; never inside a character.
 *
 * @param share from 0, which holds out nothing, up to, but not including, 1
 */
export function cut(text: Text, share: number): Parts & { readonly training: Part } {
  const { content } = text;
  const at = placeOfCut(content, share);
  const training = { ...text, content: content.slice(0, at), start: 0, firstLine: 1 };
  if (at <= 0 || at >= content.length) return { training: { ...training, content } };
  const firstLine = lineStarts(training.content).length;
  return { training, validation: { ...text, content: content.slice(at), start: at, firstLine } };
}

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

function checkShare(share: number): void {
  if (!(share >= 0 && share < 1)) throw new OptionError("validation", "from 0 up to 1", share);
}
