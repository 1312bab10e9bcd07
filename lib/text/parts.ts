/** What of each text a network is trained on, and what is held out to validate it: the end, or whole texts. */
import { lineStarts } from "./lines";
import { shuffled } from "./random";
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
    if (!text.short && !text.heldOut) return cut(text, share);
    const whole: Part = { ...text, start: 0, firstLine: 1 };
    return text.heldOut || held.has(index) ? { validation: whole } : { training: whole };
  });
}

/** How far from the share a cut may lie to fall between two lines or words, as a share of the text. */
const REACH = 0.01;
/** … and in UTF-16 units where that is little. */
const REACH_AT_LEAST = 200;

/**
 * Holds out the last `share` of a text. The cut is made behind the line feed nearest to it, else behind the nearest
 * space, else in place; never inside a character.
 *
 * @param share from 0, which holds out nothing, up to, but not including, 1
 */
export function cut(text: Text, share: number): Parts & { readonly training: Part } {
  checkShare(share);
  const { content } = text;
  const at = share === 0 ? content.length : placeOf(content, Math.round(content.length * (1 - share)));
  const training = { ...text, content: content.slice(0, at), start: 0, firstLine: 1 };
  if (at <= 0 || at >= content.length) return { training: { ...training, content } };
  const firstLine = lineStarts(training.content).length;
  return { training, validation: { ...text, content: content.slice(at), start: at, firstLine } };
}

function placeOf(content: string, target: number): number {
  const reach = Math.max(REACH_AT_LEAST, Math.round(content.length * REACH));
  for (const separator of ["\n", " "]) {
    const before = content.lastIndexOf(separator, target - 1) + 1;
    const after = content.indexOf(separator, target) + 1;
    const near = [before, after].filter(
      (at) => at > 0 && at < content.length && Math.abs(at - target) <= reach,
    );
    if (near.length > 0) {
      return near.reduce((one, other) => (Math.abs(other - target) < Math.abs(one - target) ? other : one));
    }
  }
  const splitsPair =
    /[\udc00-\udfff]/.test(content.charAt(target)) && /[\ud800-\udbff]/.test(content.charAt(target - 1));
  return splitsPair ? target - 1 : target;
}

function checkShare(share: number): void {
  if (!(share >= 0 && share < 1)) throw new Error(`Expected \`validation\` from 0 up to 1, got ${share}`);
}
